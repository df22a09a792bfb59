import { hostAlerts, httpEndpointAlerts, standardAlerts } from 'opsctl/alerts';
import { standardClasses } from 'opsctl/cmdb';
import { standardDashboards } from 'opsctl/dashboards';
import type { GroupDeclarations } from '../compile/group-declarations.ts';
import type { Surroundings } from '../compile/operated-stack.ts';
import {
  type ConfigurationItem,
  defineOrganisation,
  defineStack,
  type ItemRelation,
  items,
  type JsonValue,
  type OrganisationDeclaration,
  type StackDeclaration,
} from '../model/index.ts';

/** A group of three tiers, small enough to read in a test: one headquarters, one region, one plant with two hosts. */
export function sampleGroup(changes: Partial<GroupDeclarations> = {}): GroupDeclarations {
  return {
    organisation: sampleOrganisation,
    stacks: sampleStacks(),
    items: sampleItems,
    surroundings: plainSurroundings,
    ...changes,
  };
}

const title = { en: 'Sample', zh: '样例' };
const webhook = (desk: string) => [{ kind: 'webhook', url: `http://duty.example/${desk}` }] as const;

const sampleOrganisation: OrganisationDeclaration = defineOrganisation({
  id: 'sample',
  title,
  tiers: [
    { id: 'L1', title },
    { id: 'L2', title, escalateAfter: '1h' },
    { id: 'L3', title, escalateAfter: '30m' },
  ],
  sites: [
    { id: 'hq', tier: 'L1', title, timeZone: 'Asia/Shanghai' },
    { id: 'region', tier: 'L2', title, timeZone: 'Asia/Shanghai' },
    { id: 'plant', tier: 'L3', title, timeZone: 'Asia/Shanghai' },
  ],
  teams: [
    { id: 'hq-ops', tier: 'L1', site: 'hq', title, channels: webhook('hq') },
    { id: 'region-ops', tier: 'L2', site: 'region', title, channels: webhook('region') },
    { id: 'plant-ops', tier: 'L3', site: 'plant', title, channels: webhook('plant') },
    { id: 'mes-team', tier: 'L1', site: 'hq', title, channels: webhook('mes'), hours: 'office' },
  ],
  people: [{ id: 'lead', name: '李敏', team: 'hq-ops', roles: ['cab-member'] }],
  tenants: [{ id: 'mes', title, owner: 'mes-team' }],
  calendars: [
    {
      id: 'office',
      title,
      timeZone: 'Asia/Shanghai',
      hours: [{ weekdays: ['monday:friday'], from: '08:30', to: '17:30' }],
    },
  ],
  runbookBase: 'https://runbooks.example',
  catalogue: { classes: standardClasses, alerts: standardAlerts, dashboards: standardDashboards },
});

/** The plant's own statements can be replaced: `sampleStacks((plant) => plant.tune(...))`. */
export function sampleStacks(
  withPlant: (plant: StackDeclaration) => StackDeclaration = (plant) => plant,
): readonly StackDeclaration[] {
  return [
    defineStack({ name: 'hq', tier: 'L1', site: 'hq', team: 'hq-ops' }).operate(items.where({ site: 'hq' })),
    defineStack({ name: 'region', tier: 'L2', site: 'region', parent: 'hq', team: 'region-ops' }).operate(
      items.where({ site: 'region' }),
    ),
    withPlant(
      defineStack({ name: 'plant', tier: 'L3', site: 'plant', parent: 'region', team: 'plant-ops' }).operate(
        items.where({ site: 'plant' }),
      ),
    ),
  ];
}

export function sampleItem(
  id: string,
  objectClass: string,
  attributes: Readonly<Record<string, JsonValue>>,
  changes: Partial<ConfigurationItem> & { readonly relations?: readonly ItemRelation[] } = {},
): ConfigurationItem {
  return {
    id,
    class: objectClass,
    title: { en: id, zh: id },
    site: 'plant',
    owner: 'plant-ops',
    tenant: null,
    criticality: 'high',
    stage: 'in-service',
    supplier: null,
    identity: {},
    attributes,
    relations: [],
    source: { file: 'cmdb/items/sample.yaml', line: 1, column: 1 },
    ...changes,
  };
}

export const sampleItems: readonly ConfigurationItem[] = [
  sampleItem('host-1', 'host', { address: 'host-1.plant.example' }),
  sampleItem('host-2', 'host', { address: 'host-2.plant.example' }),
  sampleItem(
    'web-1',
    'http-endpoint',
    { url: 'http://web-1.plant.example/healthz' },
    { tenant: 'mes', relations: [{ type: 'runs-on', to: 'host-1' }] },
  ),
  sampleItem(
    'db-1',
    'tcp-service',
    { address: 'host-2.plant.example', port: 5432 },
    { relations: [{ type: 'runs-on', to: 'host-2' }] },
  ),
  sampleItem('hq-1', 'host', { address: 'hq-1.example' }, { site: 'hq', owner: 'hq-ops' }),
];

const plainSurroundings: Surroundings = {
  endpoint: (declared) => declared,
  targetEndpoint: (stack, target) => `${target}.${stack}:1`,
  targetDirectory: (stack, target) => `/srv/${stack}/${target}`,
  speed: 1,
};

export { hostAlerts, httpEndpointAlerts, items };
