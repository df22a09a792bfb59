import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeClusterContent } from '../../support/cluster-content.ts';
import { eventsOf } from '../../support/opsctl.ts';

const content = makeClusterContent();
afterAll(() => content.remove());

function write(name: string, text: string): void {
  mkdirSync(join(content.folder, name, '..'), { recursive: true });
  writeFileSync(join(content.folder, name), text);
}

describe('a stack that includes manifests from YAML files', () => {
  it('plans their objects, declared where they are written', () => {
    content.bind({});
    write(
      'stacks/plant.ts',
      `import { defineStack, manifests } from 'opsctl';
export default defineStack({ name: 'plant', tier: 'L1', site: 'hq', team: 'ops', targets: ['kubernetes'] })
  .include(manifests('gate/*.yaml'));
`,
    );
    write(
      'stacks/manifests/gate/map.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: gate, namespace: x }\n',
    );
    write('stacks/manifests/notes.yaml', 'no manifest at all\n');
    const planned = eventsOf(content.opsctl('plan --offline --json')).filter(({ event }) => event === 'change');
    expect(planned).toMatchObject([
      {
        action: 'create',
        address: 'plant/kubernetes-object/configmap.x.gate',
        source: { file: 'stacks/manifests/gate/map.yaml', line: 1, column: 1 },
      },
    ]);
  });

  it('is refused at the place of a file that is a template', () => {
    write('stacks/manifests/gate/map.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\n');
    const { status, stdout, stderr } = content.opsctl('check');
    expect(status).toBe(3);
    expect(stdout + stderr).toMatch(/\[manifest-file\/template\]\n {2}at stacks\/manifests\/gate\/map\.yaml:4:9\n/);
  });
});
