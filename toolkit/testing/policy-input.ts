import { compileGroup, operateStacks } from '../compile/compile-group.ts';
import { type SourceSpan, sortDiagnostics } from '../diagnostics/index.ts';
import {
  type Change,
  type ConfigurationItem,
  type Digest,
  defineStack,
  type JsonObject,
  type OrganisationDeclaration,
  parseAddress,
  plainLifecycle,
  type Resource,
  type Stack,
  type StackDeclaration,
  type TierId,
} from '../model/index.ts';
import type { Plan, PlannedChange } from '../plan/plan.ts';
import { judgePolicies, type Policy, type PolicyInput } from '../policy/index.ts';

/**
 * Small builders for table tests of policies: name what the row is about, the rest is filled in and is in order. The
 * group behind them has a control point at each tier: `hq`, `region-east`, `plant-east-1`.
 */
const source: SourceSpan = { file: 'content.ts', line: 1, column: 1 };

/** A virtual host in service at `plant-east-1`, of middling criticality. */
export function anItem(fields: Partial<ConfigurationItem> & Pick<ConfigurationItem, 'id'>): ConfigurationItem {
  return {
    class: 'host',
    title: { en: fields.id, zh: fields.id },
    site: 'plant-east-1',
    owner: 'plant-east-1-ops',
    tenant: null,
    criticality: 'medium',
    stage: 'in-service',
    supplier: null,
    identity: {},
    attributes: { address: `${fields.id}.example` },
    relations: [],
    source,
    ...fields,
  };
}

/** Three tiers, a site and a team with a channel at each, one person. Bring the catalogue that the row needs. */
export function anOrganisation(fields: Partial<OrganisationDeclaration> = {}): OrganisationDeclaration {
  return {
    kind: 'organisation',
    id: 'example',
    title: { en: 'Example group', zh: '示例集团' },
    tiers: [
      { id: 'L1', title: { en: 'Headquarters', zh: '总部' } },
      { id: 'L2', title: { en: 'Region', zh: '区域' }, escalateAfter: '1h' },
      { id: 'L3', title: { en: 'Plant', zh: '工厂' }, escalateAfter: '30m' },
    ],
    sites: places.map(({ name, tier }) => ({
      id: name,
      title: { en: name, zh: name },
      tier,
      timeZone: 'Asia/Shanghai',
    })),
    teams: places.map(({ name, tier }) => ({
      id: `${name}-ops`,
      title: { en: `Operations ${name}`, zh: `${name} 运维` },
      tier,
      site: name,
      channels: [{ kind: 'webhook', url: `https://chat.example/${name}` }],
    })),
    people: [{ id: 'ops-lead', name: 'Lin', team: 'hq-ops', roles: ['lead'] }],
    tenants: [],
    suppliers: [],
    calendars: [],
    runbookBase: 'https://runbooks.example',
    catalogue: { classes: [], alerts: [], dashboards: [] },
    source,
    ...fields,
  };
}

interface Place {
  readonly name: string;
  readonly tier: TierId;
  readonly parent?: string;
}

const places: readonly Place[] = [
  { name: 'hq', tier: 'L1' },
  { name: 'region-east', tier: 'L2', parent: 'hq' },
  { name: 'plant-east-1', tier: 'L3', parent: 'region-east' },
];

/** A control point of the group, with all its targets, on which a row can call `.operate()`, `.tune()`, `.waive()`. */
export function aStack(
  name: 'hq' | 'region-east' | 'plant-east-1' | (string & {}),
  fields: Partial<Stack> = {},
): StackDeclaration {
  const place = places.find((candidate) => candidate.name === name) ?? { name, tier: 'L3', parent: 'region-east' };
  return defineStack({ ...place, site: name, team: `${name}-ops`, ...fields });
}

export function aResource(address: string, fields: Partial<Resource> = {}): Resource {
  const parsed = parseAddress(address);
  if (parsed === null) throw new Error(`${address} is no address.`);
  const [stack = '', type = ''] = address.split('/');
  return {
    address: parsed,
    aliases: [],
    type,
    target: 'prometheus',
    spec: {},
    dependsOn: [],
    owner: `${stack}-ops`,
    tenant: null,
    tier: 'L3',
    criticality: 'medium',
    clauses: [],
    lifecycle: plainLifecycle,
    source,
    derivation: [],
    parts: [],
    ...fields,
  };
}

/** An alert as it stands in a rule file; `labels` and `annotations` are all that it has of either. */
export function anAlertRule(alert: string, fields: JsonObject = {}): JsonObject {
  return { alert, expr: 'up == 0', for: '2m', labels: {}, annotations: {}, ...fields };
}

/** A rule file with one part for each alert. */
export function aRuleFile(address: string, rules: readonly JsonObject[]): Resource {
  const parts = rules.map((rule, index) => ({
    name: String(rule.alert),
    pointer: `/group/rules/${index}`,
    derivation: [],
  }));
  return aResource(address, { spec: { group: { name: 'group', interval: '30s', rules } }, parts });
}

/** Content that nothing is wrong with and that is still empty: three stacks, no items, no plan; today is 2027-01-15. */
export function aPolicyInput(fields: Partial<PolicyInput> = {}): PolicyInput {
  return {
    organisation: anOrganisation(),
    stacks: places.map(({ name }) => aStack(name)),
    items: [],
    resources: [],
    operatedBy: new Map(),
    plan: null,
    today: '2027-01-15',
    ...fields,
  };
}

/** The same, with everything derived that the stacks' statements ask for, as `opsctl plan` does it. */
export function aCompiledInput(fields: Partial<Omit<PolicyInput, 'resources' | 'operatedBy'>>): PolicyInput {
  const input = aPolicyInput(fields);
  const declarations = { ...input, surroundings };
  const { resources, diagnostics } = compileGroup(declarations);
  const [wrong] = sortDiagnostics(diagnostics.filter(({ severity }) => severity === 'error'));
  if (wrong !== undefined)
    throw new Error(`The declarations of this row do not compile. ${wrong.summary}: ${wrong.detail}`);
  const operated = operateStacks(declarations);
  const operatedBy = new Map(
    operated.flatMap(({ stack, items }) => items.map((item) => [item.id, stack.name] as const)),
  );
  return { ...input, resources, operatedBy };
}

const surroundings = {
  endpoint: (declared: string): string => declared,
  targetEndpoint: (stack: string, target: string): string => `${target}.${stack}:80`,
  targetDirectory: (_stack: string, target: string): string => `/etc/${target}`,
  speed: 1,
};

export function aPlan(changes: readonly PlannedChange[], fields: Partial<Plan> = {}): Plan {
  const digest = `sha256:${'0'.repeat(64)}` as Digest;
  return {
    formatVersion: 1,
    environment: 'test',
    offline: false,
    stacks: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    targets: [],
    changes,
    unchanged: [],
    drift: [],
    unmanaged: [],
    owed: [],
    uncommitted: [],
    running: [],
    brakes: [],
    findings: [],
    selection: { stacks: [], targets: [], exclude: [] },
    digest,
    ...fields,
  };
}

/** One planned change of one action; `resource` is its desired side, or what was last applied where it has none. */
export function aChange(action: Change['action'], resource: Resource): PlannedChange {
  const { address, type, target, spec, dependsOn, lifecycle, owner } = resource;
  const applied = { address, type, target, spec, secrets: {}, dependsOn, lifecycle, owner };
  const observed = { address, type, target, spec };
  const sides: Readonly<Record<Change['action'], Change>> = {
    create: { action: 'create', desired: resource },
    update: { action: 'update', desired: resource, observed, fields: [] },
    replace: { action: 'replace', desired: resource, observed, forcedBy: [] },
    delete: { action: 'delete', observed, applied },
    adopt: { action: 'adopt', desired: resource, observed, fields: [] },
    forget: { action: 'forget', applied },
    'no-op': { action: 'no-op', desired: resource },
  };
  const isNew = action === 'create' || action === 'adopt';
  return {
    address,
    change: sides[action],
    cause: { kind: 'declared' },
    explanation: '',
    reverse: null,
    waitsFor: [],
    applied: isNew ? null : applied,
  };
}

/** `count` objects of a stack, for plans that need many. */
export function manyResources(stack: string, count: number): readonly Resource[] {
  return Array.from({ length: count }, (_, index) => aResource(`${stack}/cmdb-record/item-${index}`));
}

/** All that one policy finds, waivers applied, a line each: `error pump-1: pump-1 has no owner.` */
export function findingsOf(policy: Policy, input: PolicyInput): readonly string[] {
  return judgePolicies([policy], input).map(({ severity, subject, detail }) => `${severity} ${subject}: ${detail}`);
}
