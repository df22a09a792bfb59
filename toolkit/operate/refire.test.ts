import { aChange, aResource } from 'opsctl/testing';
import { expect, it } from 'vitest';
import type { ActiveAlert, JsonObject, ProviderSession } from '../model/index.ts';
import type { PlannedChange } from '../plan/index.ts';
import { findRefires } from './refire.ts';
import type { TargetSessions } from './target-sessions.ts';

const rule = { alert: 'Hot', expr: 'temperature > 80', for: '5m', labels: { severity: 'critical' } };
const file = (name: string, ...rules: readonly JsonObject[]): JsonObject => ({ group: { name, rules } });
const firing: ActiveAlert = {
  labels: { alertname: 'Hot', severity: 'critical', item: 'a', site: 's' },
  state: 'firing',
  activeAtMs: 1000,
  file: 'oven',
  group: 'oven',
  rule: { labels: { severity: 'critical' }, occurrence: 0, expression: 'temperature > 80' },
};

/** A change of one object from one spec to another; null: it is not there on that side. */
function change(address: string, before: JsonObject | null, after: JsonObject | null): PlannedChange {
  const resource = aResource(address);
  if (before === null) return aChange('create', { ...resource, spec: after ?? {} });
  const planned = aChange(after === null ? 'delete' : 'update', { ...resource, spec: after ?? before });
  const observed = { address: resource.address, type: resource.type, target: resource.target, spec: before };
  return { ...planned, change: { ...planned.change, observed } } as PlannedChange;
}

/** A server with one alert, at which some series hold an expression now. */
async function refires(changes: readonly PlannedChange[], holding: readonly Readonly<Record<string, string>>[] = []) {
  const alerting = { active: async () => [firing], holds: async () => holding };
  const sessions = { open: () => ({ alerting }) as unknown as ProviderSession } as unknown as TargetSessions;
  const found = await findRefires(changes, sessions, []);
  return found.map(({ effect, because, forMs }) => ({ effect, because, forMs }));
}

const rules = 'plant-1/prometheus-rules/oven';
const holds = [{ __name__: 'temperature', item: 'a', site: 's' }];

it.each([
  {
    name: 'a summary that changes touches no state',
    changes: [change(rules, file('oven', rule), file('oven', { ...rule, annotations: { summary: 'x' } }))],
    told: [],
  },
  {
    name: 'nor does another rule of the file',
    changes: [change(rules, file('oven', rule), file('oven', { alert: 'Cold', expr: 'temperature < 1' }, rule))],
    told: [],
  },
  {
    name: 'nor a waiting time: what fires goes on',
    changes: [change(rules, file('oven', rule), file('oven', { ...rule, for: '1h' }))],
    told: [],
  },
  {
    name: 'a threshold that still holds touches no state',
    changes: [change(rules, file('oven', rule), file('oven', { ...rule, expr: 'temperature > 70' }))],
    holding: holds,
    told: [],
  },
  {
    name: 'a threshold that does not hold ends it',
    changes: [change(rules, file('oven', rule), file('oven', { ...rule, expr: 'temperature > 99' }))],
    told: [{ effect: 'clears', because: 'its changed condition does not hold', forMs: null }],
  },
  {
    name: 'an expression that drops a label begins anew',
    changes: [change(rules, file('oven', rule), file('oven', { ...rule, expr: 'max by (item) (temperature) > 80' }))],
    holding: [{ item: 'a' }],
    told: [{ effect: 'fires-again', because: 'its labels change (site s -> none)', forMs: 300_000 }],
  },
  {
    name: 'another label of the rule begins anew',
    changes: [change(rules, file('oven', rule), file('oven', { ...rule, labels: { severity: 'warning' } }))],
    told: [
      {
        effect: 'fires-again',
        because: 'the labels of its rule change (severity critical -> warning)',
        forMs: 300_000,
      },
    ],
  },
  {
    name: 'a rule that goes ends it',
    changes: [change(rules, file('oven', rule), file('oven'))],
    told: [{ effect: 'ends', because: 'its rule is removed', forMs: null }],
  },
  {
    name: 'a file that goes ends it',
    changes: [change(rules, file('oven', rule), null)],
    told: [{ effect: 'ends', because: 'its rule is removed', forMs: null }],
  },
  {
    name: 'a rule that moves to another file begins anew, even if nothing else changes',
    changes: [
      change(rules, file('oven', rule), null),
      change('plant-1/prometheus-rules/furnace', null, file('furnace', rule)),
    ],
    told: [{ effect: 'fires-again', because: 'its rule moves from the group oven to furnace', forMs: 300_000 }],
  },
  {
    name: 'external labels begin anew with all that fires',
    changes: [
      change(
        'plant-1/prometheus-config/main',
        { config: { global: { external_labels: { stack: 'plant-1' } } } },
        { config: { global: { external_labels: { stack: 'plant-2' } } } },
      ),
    ],
    told: [
      {
        effect: 'fires-again',
        because: 'the external labels of its Prometheus change (stack plant-1 -> plant-2)',
        forMs: 0,
      },
    ],
  },
  {
    name: 'labels of other items are no matter',
    changes: [
      change(
        'plant-1/prometheus-targets/oven',
        { name: 'oven', groups: [{ targets: ['b'], labels: { item: 'b', site: 's' } }] },
        { name: 'oven', groups: [{ targets: ['b'], labels: { item: 'b', site: 't' } }] },
      ),
    ],
    told: [],
  },
])('$name', async ({ changes, holding, told }) => {
  expect(await refires(changes, holding)).toEqual(told);
});
