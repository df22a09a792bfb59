import { describe, expect, it } from 'vitest';
import {
  type Address,
  type AppliedResource,
  type DerivationStep,
  digestOf,
  type JsonObject,
  type JsonValue,
  type Observation,
  ownThresholds,
  plainLifecycle,
  printAlertOverride,
  type Resource,
  withoutOverridden,
} from '../../toolkit/model/index.ts';
import { type Plan, planChanges } from '../../toolkit/plan/index.ts';
import { plainResource, stateOf } from '../../toolkit/testing/arbitraries.ts';
import type { Terminal } from '../output/view.ts';
import { planView } from './plan-view.ts';

const terminal: Terminal = { paint: (_style, text) => text, width: 100, isVerbose: false };

/** One object on both sides; a side that is null is not there. */
interface Sides {
  readonly address: string;
  readonly target: string;
  readonly applied: JsonObject | null;
  readonly declared: JsonObject | null;
  readonly observed?: JsonObject;
  readonly fields?: Partial<Resource>;
}

const memory = '(node_memory_MemAvailable_bytes{class="host"} / node_memory_MemTotal_bytes{class="host"})';
const memoryShort = (expr: string, labels: JsonObject = {}, wait = '10m') => ({
  alert: 'HostMemoryShort',
  expr,
  for: wait,
  labels: { severity: 'warning', ...labels },
});
const hostDown = (expr: string, severity = 'critical') => ({
  alert: 'HostDown',
  expr,
  for: '2m',
  labels: { severity },
});
const tuned = (item: string, threshold: number, variant = 'tuned-1') =>
  printAlertOverride({ alert: 'HostMemoryShort', item, variant, threshold });
const own = ownThresholds('HostMemoryShort', 'tuned-1');
const plainMemory = memoryShort(`${memory} < 0.1`);
const tunedMemory = memoryShort(
  `${withoutOverridden(memory, 'HostMemoryShort')} < 0.1 or ${memory} < on (item) group_left () ${own}`,
);

function step(kind: DerivationStep['kind'], subject: string, text: string, line: number): DerivationStep {
  return { kind, subject, text, source: { file: 'stacks/plant-east-1.ts', line, column: 4 } };
}

function ruleFile(
  applied: readonly JsonObject[] | null,
  declared: readonly JsonObject[] | null,
  reasons: Readonly<Record<string, DerivationStep>> = {},
): Sides {
  const fileOf = (rules: readonly JsonObject[] | null) => (rules === null ? null : { group: { name: 'host', rules } });
  const parts = Object.entries(reasons).map(([name, reason], index) => ({
    name,
    pointer: `/group/rules/${index}`,
    derivation: [reason],
  }));
  return {
    address: 'plant-east-1/prometheus-rules/host',
    target: 'prometheus',
    applied: fileOf(applied),
    declared: fileOf(declared),
    fields: { parts },
  };
}

const tuningReason = step('tuning', 'mes-app-1', 'The batch reports fill the cache at night.', 31);
const waiverReason = step('waiver', 'mes-app-1', 'It moves to another rack. Allowed by ops-lead until 2027-03-31.', 40);

function routing(receivers: readonly JsonObject[], routes: readonly JsonObject[]): JsonObject {
  return { config: { route: { receiver: 'ops', routes }, receivers } };
}

function route(team: string): JsonObject {
  const critical = { receiver: `${team}-critical`, matchers: ['severity="critical"'] };
  return { receiver: `${team}-warning`, matchers: [`team="${team}"`], routes: [critical] };
}

const receiver = (name: string, ...channels: readonly string[]) => ({
  name,
  ...Object.fromEntries(channels.map((channel) => [`${channel}_configs`, [{ url: { $secret: 'env:URL' } }]])),
});

const escalation = (critical: number, warning: number) => ({
  alert: 'EscalatedToL2',
  expr: `time() - ALERTS_FOR_STATE{escalated="",severity="critical"} > ${critical} or time() - ALERTS_FOR_STATE{escalated="",severity="warning"} > ${warning}`,
  labels: { escalated: 'L2' },
});

const record = (item: string, stack: string, declared: boolean, applied: boolean): Sides => {
  const spec = { item, record: { id: item, class: 'host', stack } };
  return {
    address: `${stack}/cmdb-record/${item}`,
    target: 'cmdb',
    applied: applied ? spec : null,
    declared: declared ? spec : null,
    fields: { derivation: [{ kind: 'declaration', subject: item, text: 'It is declared.' }] },
  };
};

const targets = (stack: string, applied: readonly string[] | null, declared: readonly string[] | null): Sides => {
  const listOf = (items: readonly string[] | null) =>
    items === null ? null : { groups: items.map((item) => ({ targets: [`${item}:9100`], labels: { item } })) };
  return {
    address: `${stack}/prometheus-targets/host-node`,
    target: 'prometheus',
    applied: listOf(applied),
    declared: listOf(declared),
    fields: { parts: (declared ?? []).map((name, index) => ({ name, pointer: `/groups/${index}`, derivation: [] })) },
  };
};

const cases: Readonly<Record<string, readonly Sides[]>> = {
  'a new tuning': [
    ruleFile([plainMemory], [tuned('mes-app-1', 0.04), tunedMemory], {
      'override:HostMemoryShort:mes-app-1': tuningReason,
    }),
  ],
  'a changed tuning': [
    ruleFile([tuned('mes-app-1', 0.05), tunedMemory], [tuned('mes-app-1', 0.04), tunedMemory], {
      'override:HostMemoryShort:mes-app-1': tuningReason,
    }),
  ],
  'one tuning of many items, with a waiting time of its own': [
    ruleFile(
      [plainMemory],
      [
        tuned('mes-app-1', 0.04),
        tuned('mes-app-2', 0.04),
        memoryShort(`${withoutOverridden(memory, 'HostMemoryShort')} < 0.1`),
        memoryShort(`${memory} < on (item) group_left () ${own}`, { variant: 'tuned-1' }, '30m'),
      ],
      {
        'override:HostMemoryShort:mes-app-1': tuningReason,
        'override:HostMemoryShort:mes-app-2': tuningReason,
      },
    ),
  ],
  'a tuning that went': [ruleFile([tuned('mes-app-1', 0.04), tunedMemory], [plainMemory])],
  'a waiver of a critical alert': [
    ruleFile(
      [hostDown('up{class="host"} == 0')],
      [
        printAlertOverride({ alert: 'HostDown', item: 'mes-app-1', variant: 'waived', threshold: 0 }),
        hostDown(`${withoutOverridden('up{class="host"}', 'HostDown')} == 0`),
      ],
      { 'override:HostDown:mes-app-1': waiverReason },
    ),
  ],
  'a new rule file with a waiver and a tuning in it': [
    ruleFile(
      null,
      [
        printAlertOverride({ alert: 'HostDown', item: 'mes-app-1', variant: 'waived', threshold: 0 }),
        hostDown(`${withoutOverridden('up{class="host"}', 'HostDown')} == 0`),
        tuned('mes-app-1', 0.04),
        tunedMemory,
      ],
      { 'override:HostDown:mes-app-1': waiverReason, 'override:HostMemoryShort:mes-app-1': tuningReason },
    ),
  ],
  'the last item of its class, whose critical alert goes with it': [
    record('mes-app-1', 'plant-east-1', false, true),
    ruleFile([hostDown('up == 0'), plainMemory], null),
  ],
  'a critical alert that goes, and one that is critical no longer': [
    ruleFile(
      [hostDown('up == 0'), { ...hostDown('disk_free == 0'), alert: 'DiskFull' }],
      [{ ...hostDown('disk_free == 0', 'warning'), alert: 'DiskFull' }],
    ),
  ],
  'a later escalation': [ruleFile([escalation(1800, 28800)], [escalation(14400, 28800)])],
  'receivers and routes that go': [
    {
      address: 'plant-east-1/alertmanager-config/main',
      target: 'alertmanager',
      applied: routing(
        [receiver('ops-critical', 'webhook', 'email'), receiver('mes-critical', 'webhook'), receiver('old', 'webhook')],
        [route('ops'), route('mes')],
      ),
      declared: routing([receiver('ops-critical', 'email'), receiver('mes-critical')], [route('ops')]),
    },
  ],
  'an item that moves to another stack': [
    record('mes-app-1', 'plant-east-1', false, true),
    record('mes-app-1', 'plant-east-2', true, false),
    targets('plant-east-1', ['hist-1', 'mes-app-1'], ['hist-1']),
    targets('plant-east-2', ['pe2-1'], ['pe2-1', 'mes-app-1']),
  ],
  'the last item of its class, which leaves': [
    record('mes-app-1', 'plant-east-1', false, true),
    targets('plant-east-1', ['mes-app-1'], null),
    ruleFile([plainMemory], null),
  ],
  'a tuned item that leaves': [
    record('mes-app-1', 'plant-east-1', false, true),
    targets('plant-east-1', ['hist-1', 'mes-app-1'], ['hist-1']),
    ruleFile([tuned('mes-app-1', 0.04), tunedMemory], [plainMemory]),
  ],
  'a receiver that goes at two plants': ['plant-east-1', 'plant-east-2'].map((stack) => ({
    address: `${stack}/alertmanager-config/main`,
    target: 'alertmanager',
    applied: routing([receiver('ops', 'webhook'), receiver('mes', 'webhook')], []),
    declared: routing([receiver('ops', 'webhook')], []),
  })),
  'a rule that moved within its file': [
    ruleFile(
      [plainMemory, hostDown('up == 0'), escalation(1, 2)],
      [hostDown('up == 0'), escalation(1, 2), plainMemory],
    ),
  ],
  'a target list in another order than it was declared in': [targets('plant-east-1', ['c', 'a'], ['b', 'c', 'a'])],
  'a secret that somebody changed by hand': [
    {
      address: 'plant-east-1/alertmanager-config/main',
      target: 'alertmanager',
      applied: routing([receiver('ops', 'webhook')], []),
      declared: routing([receiver('ops', 'webhook')], []),
      observed: routing([{ name: 'ops', webhook_configs: [{ url: 'https://chat.example/stolen-token' }] }], []),
    },
  ],
};

describe('a plan with', () => {
  it.each(Object.entries(cases))('%s', async (name, sides) => {
    const file = `./golden/cases/${name.replaceAll(/[ ,]+/g, '-')}.txt`;
    const text = planView.human(planOf(sides), terminal).replace(/^Digest .*\n/m, '');
    await expect(text).toMatchFileSnapshot(file);
  });

  it.each(Object.entries(cases))('%s says so in its events too', async (name, sides) => {
    const events = planView.events(planOf(sides)).map(({ digest: _, ...event }) => JSON.stringify(event));
    const file = `./golden/cases/${name.replaceAll(/[ ,]+/g, '-')}.events.txt`;
    await expect(`${events.join('\n')}\n`).toMatchFileSnapshot(file);
  });
});

function planOf(sides: readonly Sides[]): Plan {
  const desired = sides.flatMap(({ address, target, declared, fields }) =>
    declared === null ? [] : [plainResource(address as Address, { target, spec: declared, ...fields })],
  );
  const records = sides.flatMap((side) => (side.applied === null ? [] : [recordOf(side, side.applied)]));
  const stacks = [...new Set(sides.map(({ address }) => address.slice(0, address.indexOf('/'))))];
  const types = [...new Set(sides.map(({ address }) => address.split('/')[1] ?? ''))];
  const digest = digestOf('test');
  return planChanges({
    environment: 'production',
    types: new Map(types.map((type) => [type, { type, canonical: sortTargets }])),
    desired,
    states: stacks.map((stack) =>
      stateOf(
        stack,
        records.filter(({ address }) => address.startsWith(`${stack}/`)),
      ),
    ),
    observed: new Map(sides.map((side) => [side.address as Address, observationOf(side)])),
    unmanaged: [],
    identities: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude: [] },
    adopt: new Set(),
    brakes: { maxDeletes: 10, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: true },
    secrets: new Map(),
  });
}

function observationOf({ applied, observed }: Sides): Observation {
  const spec = observed ?? applied;
  return spec === null ? { state: 'absent' } : { state: 'present', spec };
}

function recordOf({ address, target }: Sides, spec: JsonObject): AppliedResource {
  return {
    address: address as Address,
    type: address.split('/')[1] ?? '',
    target,
    spec,
    secrets: {},
    dependsOn: [],
    lifecycle: plainLifecycle,
    owner: 'team-a',
  };
}

/** As Prometheus's target lists: their order means nothing. */
function sortTargets(spec: JsonObject): JsonObject {
  const { groups } = spec;
  if (!Array.isArray(groups)) return spec;
  const byText = (left: JsonValue, right: JsonValue) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1);
  return { ...spec, groups: [...groups].sort(byText) };
}
