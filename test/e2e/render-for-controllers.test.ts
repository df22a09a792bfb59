import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, remove } = makeWorkplace();
const stack = join(folder, 'stacks/plant-1.ts');
const bindings = join(folder, 'stacks/bindings/lab.yaml');
const cluster = '    kubernetes: { provider: kubernetes }\n';
const home = "home: kubernetes({ namespace: 'monitoring', labels: { release: 'prometheus' } })";
let files: string;

beforeAll(() => {
  opsctl('init');
  files = readFileSync(stack, 'utf8');
  writeFileSync(bindings, readFileSync(bindings, 'utf8') + cluster);
});
afterAll(remove);

/** One line of a stack's head moves it to a cluster; what a controller applies there is rendered. */
it('a plant that moves to a cluster is rendered for Flux, and for nobody while it has files', () => {
  expect(opsctl('render --for flux --out clusters')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('manifests/no-objects'),
  });
  expect(existsSync(join(folder, 'clusters'))).toBe(false);

  moveToCluster();
  expect(opsctl('validate').status).toBe(0);
  expect(opsctl('render --for flux --out clusters')).toMatchObject({ status: 0, stderr: '' });
  const rule = join(folder, 'clusters/plant-1/70-custom/prometheusrule.monitoring.plant-1-host.yaml');
  expect(readFileSync(rule, 'utf8')).toContain(
    '  labels:\n    app.kubernetes.io/managed-by: opsctl\n    release: prometheus\n',
  );
  expect(existsSync(join(folder, 'clusters/plant-1/flux/70-custom.yaml'))).toBe(true);
});

it('a second render takes away what the first one made and this one does not, and nothing else', () => {
  writeFileSync(join(folder, 'clusters/plant-1/notes.md'), 'Ours.');
  expect(opsctl('render --for kubectl --out clusters').status).toBe(0);
  expect(existsSync(join(folder, 'clusters/plant-1/flux'))).toBe(false);
  expect(readFileSync(join(folder, 'clusters/plant-1/notes.md'), 'utf8')).toBe('Ours.');
});

it('nothing is written into a folder that holds something else, nor when something is wrong', () => {
  expect(opsctl('render --for kubectl --out cmdb').status).toBe(4);
  const before = readFileSync(join(folder, 'clusters/.opsctl-rendered'), 'utf8');
  writeFileSync(stack, files);
  expect(opsctl('render --for kubectl --out clusters').status).toBe(1);
  expect(readFileSync(join(folder, 'clusters/.opsctl-rendered'), 'utf8')).toBe(before);
  moveToCluster();
});

it('Argo CD needs the URL of the repository', () => {
  expect(opsctl('render --for argocd --out argo').status).toBe(64);
  expect(opsctl('render --for argocd --source https://git.example/a.git --out argo').status).toBe(0);
  expect(readFileSync(join(folder, 'argo/applications/plant-1.yaml'), 'utf8')).toContain('https://git.example/a.git');
});

it('explain knows a rule by what it is and by where it is', () => {
  const object = 'plant-1/kubernetes-object/prometheusrule.monitoring.plant-1-host';
  const explained = opsctl('explain plant-1/prometheus-rules/host#HostMemoryShort').stdout;
  expect(explained).toContain(object);
  expect(opsctl(`explain ${object}#HostMemoryShort`).stdout).toContain(
    'HostMemoryShort for plant-1-historian-1: threshold',
  );
});

it('what a controller applies is not planned', () => {
  const kept = cluster.replace(' }', ', reconciledBy: flux }');
  writeFileSync(bindings, readFileSync(bindings, 'utf8').replace(cluster, kept));
  const plan = opsctl('plan --offline --stack plant-1');
  expect(plan.stderr).toContain('operate/reconciled-elsewhere');
  expect(plan.stdout).toContain('plant-1/cmdb-record/');
  expect(plan.stdout).not.toContain('kubernetes-object');
});

function moveToCluster(): void {
  const moved = files
    .replace("import { defineStack, items } from 'opsctl';", "import { defineStack, items, kubernetes } from 'opsctl';")
    .replace("team: 'plant-1-ops' }", `team: 'plant-1-ops', ${home} }`);
  writeFileSync(stack, moved);
}
