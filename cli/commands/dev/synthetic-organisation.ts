import { createRandom, type Random } from './random.ts';

export interface SyntheticSize {
  readonly resources: number;
  readonly seed: number;
}

/**
 * The files of a made-up organisation that compiles to exactly as many resources as asked for: one record for each row of
 * its inventories. The items are in stock, so nothing else is derived from them; a third of them refer to another one.
 */
export function syntheticOrganisation({ resources, seed }: SyntheticSize): ReadonlyMap<string, string> {
  const random = createRandom(seed);
  const sites = ['hq', ...Array.from({ length: plantCount(resources) }, (_, index) => `plant-${index + 1}`)];
  const items = makeItems(resources, sites, random);
  return new Map([
    ['.gitignore', '.opsctl/\n/out/\n'],
    ['package.json', `${JSON.stringify({ name: 'synthetic-organisation', private: true, type: 'module' }, null, 2)}\n`],
    ['cmdb/organisation/instrument.ts', instrumentClass],
    ['cmdb/organisation/index.ts', organisation(sites, seed)],
    ...inventories(items),
    ...sites.map((site) => [`stacks/${site}.ts`, stack(site)] as const),
    ['policies/standard.ts', "export { standardPolicies as default } from 'opsctl/policies';\n"],
    ['stacks/bindings/lab.yaml', bindings(sites)],
  ]);
}

/** About 200 items a plant: what a real one has, and enough stacks for a large group to be one. */
function plantCount(resources: number): number {
  return Math.min(50, Math.max(1, Math.round(resources / 200)));
}

interface SyntheticItem {
  readonly class: 'host' | 'http-endpoint' | 'instrument';
  readonly cells: readonly string[];
}

const heads: Readonly<Record<SyntheticItem['class'], readonly string[]>> = {
  host: ['address', 'kind', 'operatingSystem'],
  'http-endpoint': ['url', 'runs-on'],
  instrument: ['channel', 'model', 'connects-through'],
};

const commonHead = ['id', 'title_en', 'title_zh', 'site', 'owner', 'criticality', 'stage', 'identity.serial'];

function makeItems(count: number, sites: readonly string[], random: Random): readonly SyntheticItem[] {
  const items: SyntheticItem[] = [];
  const hosts: string[] = [];
  const serials = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    // The first is a host, so that the others have something to refer to.
    const kind = index === 0 ? 'host' : random.pick(['host', 'host', 'http-endpoint', 'instrument'] as const);
    const id = `${kind === 'http-endpoint' ? 'web' : kind}-${String(index + 1).padStart(6, '0')}`;
    const site = random.pick(sites);
    const common = [
      id,
      `Item ${index + 1}`,
      `第 ${index + 1} 项`,
      site,
      `${site}-ops`,
      random.pick(criticalities),
      'in-stock',
      newDigits(random, serials),
    ];
    items.push({ class: kind, cells: [...common, ...ownCells(kind, id, site, hosts, random)] });
    if (kind === 'host') hosts.push(id);
  }
  return items;
}

/** A serial number is of one item; among a hundred thousand of eight digits some would be drawn twice. */
function newDigits(random: Random, drawn: Set<string>): string {
  for (;;) {
    const digits = random.digits(8);
    if (drawn.has(digits)) continue;
    drawn.add(digits);
    return digits;
  }
}

const criticalities = ['critical', 'high', 'medium', 'medium', 'low'] as const;

function ownCells(
  kind: SyntheticItem['class'],
  id: string,
  site: string,
  hosts: readonly string[],
  random: Random,
): readonly string[] {
  switch (kind) {
    case 'host':
      return [
        `${id}.${site}.example`,
        random.pick(['physical', 'virtual']),
        random.pick(['Debian 12', 'Debian 13', 'RHEL 9']),
      ];
    case 'http-endpoint':
      return [`https://${id}.${site}.example/healthz`, random.pick(hosts)];
    case 'instrument':
      return [random.digits(4), random.pick(['PT-100', 'FT-20', 'LT-7']), random.pick(hosts)];
    default:
      return kind satisfies never;
  }
}

function inventories(items: readonly SyntheticItem[]): readonly (readonly [string, string])[] {
  const byClass = [...Map.groupBy(items, (item) => item.class)];
  return byClass.map(([name, ofClass]) => {
    const lines = [[...commonHead, ...heads[name]], ...ofClass.map(({ cells }) => cells)].map(
      (cells) => `${cells.join(',')}\n`,
    );
    return [`cmdb/items/${name}.csv`, lines.join('')] as const;
  });
}

const instrumentClass = `import { defineClass, optional, text } from 'opsctl';

/** A class of the organisation's own, beside those of the catalogue. */
export const instrument = defineClass({
  id: 'instrument',
  title: { en: 'Instrument', zh: '仪表' },
  attributes: { channel: text('Channel of the control system.'), model: optional(text('Model.')) },
  sources: {},
  signals: {},
});
`;

function organisation(sites: readonly string[], seed: number): string {
  const tierOf = (site: string) => (site === 'hq' ? 'L1' : 'L3');
  const siteLines = sites.map(
    (site) =>
      `    { id: '${site}', title: { en: '${site}', zh: '${site}' }, tier: '${tierOf(site)}', timeZone: 'Asia/Shanghai' },\n`,
  );
  const teamLines = sites.map(
    (site) =>
      `    { id: '${site}-ops', title: { en: '${site}', zh: '${site}' }, tier: '${tierOf(site)}', site: '${site}', channels: [duty] },\n`,
  );
  return `import { defineOrganisation } from 'opsctl';
import { standardAlerts } from 'opsctl/alerts';
import { standardClasses } from 'opsctl/cmdb';
import { standardDashboards } from 'opsctl/dashboards';
import { instrument } from './instrument.ts';

const duty = { kind: 'webhook', url: 'https://duty.example.com/alerts' } as const;

export default defineOrganisation({
  id: 'synthetic-${seed}',
  title: { en: 'Synthetic organisation ${seed}', zh: '合成组织 ${seed}' },
  tiers: [
    { id: 'L1', title: { en: 'Headquarters', zh: '总部' } },
    { id: 'L3', title: { en: 'Plant', zh: '工厂' }, escalateAfter: '30m' },
  ],
  sites: [
${siteLines.join('')}  ],
  people: [{ id: 'ops-lead', name: 'Head of operations', team: 'hq-ops', roles: ['operations-lead'] }],
  teams: [
${teamLines.join('')}  ],
  runbookBase: 'https://runbooks.example.com',
  catalogue: { classes: [...standardClasses, instrument], alerts: standardAlerts, dashboards: standardDashboards },
});
`;
}

function stack(site: string): string {
  const place = site === 'hq' ? "tier: 'L1'" : "tier: 'L3', parent: 'hq'";
  return `import { defineStack, items } from 'opsctl';

export default defineStack({ name: '${site}', ${place}, site: '${site}', team: '${site}-ops', targets: ['cmdb'] }).operate(
  items.where({ site: '${site}' }),
);
`;
}

function bindings(sites: readonly string[]): string {
  const stacks = sites.map((site) => `  ${site}:\n    cmdb: { provider: files, directory: out/${site} }\n`);
  return `environment: lab\nstacks:\n${stacks.join('')}`;
}
