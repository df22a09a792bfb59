import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Ended, makeWorkplace, type Workplace } from './opsctl.ts';

export interface ClusterContent extends Workplace {
  /** Declares these manifests and no others, for the stack `plant`. */
  declare(manifests: readonly object[], statements?: string): void;
  /** Binds the cluster with these settings. */
  bind(settings: Readonly<Record<string, unknown>>): void;
}

/** A repository whose one stack, `plant`, has a cluster and nothing else. */
export function makeClusterContent(stack = 'plant', id = 'test'): ClusterContent {
  const workplace = makeWorkplace();
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(workplace.folder, name)), { recursive: true });
    writeFileSync(join(workplace.folder, name), text);
  };
  write('cmdb/organisation/index.ts', organisation.replace("id: 'test'", `id: '${id}'`));
  write('package.json', '{ "type": "module" }\n');
  return {
    ...workplace,
    declare(manifests, statements = '') {
      const calls = manifests.map((manifest) => `  defineKubernetesObject(${JSON.stringify(manifest)}),`);
      const head = `{ name: '${stack}', tier: 'L1', site: 'hq', team: 'ops', targets: ['kubernetes'] }`;
      write(
        'stacks/plant.ts',
        `import { defineKubernetesObject, defineStack } from 'opsctl';
const objects = [
${calls.join('\n')}
];
export default defineStack(${head}).include(objects)${statements};
`,
      );
    },
    bind(settings) {
      const binding = { provider: 'kubernetes', ...settings };
      write(
        'stacks/bindings/test.yaml',
        JSON.stringify({ environment: 'test', stacks: { [stack]: { kubernetes: binding } } }),
      );
    },
  };
}

/** Codes of what was told on the way, in order, each once. */
export function codesOf({ stdout, stderr }: Ended): readonly string[] {
  return [...new Set([...`${stdout}\n${stderr}`.matchAll(/\[([a-z-]+\/[a-z-]+)\]/g)].map(([, code = '']) => code))];
}

const organisation = `import { defineOrganisation } from 'opsctl';

export default defineOrganisation({
  id: 'test',
  title: { en: 'Test', zh: '测试' },
  tiers: [{ id: 'L1', title: { en: 'One', zh: '一' } }],
  sites: [{ id: 'hq', tier: 'L1', title: { en: 'HQ', zh: '总部' }, timeZone: 'Asia/Shanghai' }],
  teams: [
    {
      id: 'ops',
      tier: 'L1',
      site: 'hq',
      title: { en: 'Operations', zh: '运维' },
      channels: [{ kind: 'webhook', url: 'https://ops.example/' }],
    },
  ],
  people: [{ id: 'lead', name: 'Lead', team: 'ops', roles: ['change-manager'] }],
  tenants: [
    { id: 'mes', title: { en: 'MES', zh: '制造执行' }, owner: 'ops' },
    { id: 'erp', title: { en: 'ERP', zh: '资源计划' }, owner: 'ops' },
  ],
  runbookBase: 'https://runbooks.example',
  catalogue: { classes: [], alerts: [], dashboards: [] },
});
`;
