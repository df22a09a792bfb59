import { expect, it } from 'vitest';
import { type JsonObject, printDisabledAlert, type ResourcePart } from '../model/index.ts';
import { aResource } from '../testing/index.ts';
import type { PlannedChange } from './plan.ts';
import { readFirst } from './read-first.ts';

const full = { alert: 'HostFull', expr: 'free < 1', labels: { severity: 'critical' } };
const busy = { alert: 'HostCpuBusy', expr: 'busy > 0.9', labels: { severity: 'warning' } };

function specOf(...rules: readonly JsonObject[]): JsonObject {
  return { group: { name: 'host', rules } };
}

/** The rule file of one stack, before and as it is declared now, with a patch behind the part of that name. */
function changeOf(stack: string, before: JsonObject | null, after: JsonObject, patched: string): PlannedChange {
  const step = { kind: 'patch', subject: 'host.x', text: 'New storage arrives.' } as const;
  const parts: readonly ResourcePart[] = [{ name: patched, pointer: '/group/rules/0', derivation: [step] }];
  const desired = aResource(`${stack}/prometheus-rules/host`, { spec: after, parts });
  return {
    address: desired.address,
    change:
      before === null
        ? { action: 'create', desired }
        : { action: 'update', desired, observed: { ...desired, spec: before }, fields: [] },
    cause: { kind: 'declared' },
    explanation: 'It is declared.',
    reverse: null,
    waitsFor: [],
    applied: null,
  };
}

const off = (alert: string, severity: string) => printDisabledAlert({ alert, severity });

it.each([
  {
    name: 'an alert that the organisation disables, once for all stacks and with its reason',
    changes: ['hq', 'plant'].map((stack) =>
      changeOf(stack, specOf(full), specOf(off('HostFull', 'critical')), 'disabled:HostFull'),
    ),
    told: [
      'hq/prometheus-rules/host, plant/prometheus-rules/host: the critical alert HostFull is disabled (New storage arrives).',
    ],
  },
  {
    name: 'one that was no more than a warning, too',
    changes: [changeOf('plant', specOf(busy), specOf(off('HostCpuBusy', 'warning')), 'disabled:HostCpuBusy')],
    told: ['plant/prometheus-rules/host: the warning alert HostCpuBusy is disabled (New storage arrives).'],
  },
  {
    name: 'one that a new plant never has',
    changes: [changeOf('plant', null, specOf(off('HostFull', 'critical')), 'disabled:HostFull')],
    told: ['plant/prometheus-rules/host: the critical alert HostFull is disabled (New storage arrives).'],
  },
  {
    name: 'an alert that a patch makes less urgent',
    changes: [changeOf('plant', specOf(full), specOf({ ...full, labels: { severity: 'warning' } }), 'HostFull')],
    told: ['plant/prometheus-rules/host: the alert HostFull is critical no longer, but warning (New storage arrives).'],
  },
  {
    name: 'nothing of a patch that changes a number only',
    changes: [changeOf('plant', specOf(full), specOf({ ...full, expr: 'free < 2' }), 'HostFull')],
    told: [],
  },
])('$name', ({ changes, told }) => {
  expect(readFirst(changes, [])).toEqual(told);
});

const hides = 'until 2026-11-29T02:00:00+08:00 nobody is told of HostDown (critical), of 1 item (CHG-1042, mes-ops)';

function silenceAt(stack: string, action: 'create' | 'delete'): PlannedChange {
  const derivation = [{ kind: 'silence', subject: 'CHG-1042', text: hides } as const];
  const desired = aResource(`${stack}/alertmanager-silence/chg-1042`, { derivation, spec: { owner: 'mes-ops' } });
  const change = changeOf(stack, null, {}, 'none');
  return {
    ...change,
    address: desired.address,
    change: action === 'create' ? { action, desired } : { action, observed: desired, applied: null as never },
  };
}

it.each([
  {
    name: 'a silence says of what nobody is told, once for all who would be',
    changes: [silenceAt('plant', 'create'), silenceAt('hq', 'create')],
    told: [`hq/alertmanager-silence/chg-1042, plant/alertmanager-silence/chg-1042: ${hides}.`],
  },
  { name: 'of one that ends there is nothing to say', changes: [silenceAt('plant', 'delete')], told: [] },
])('$name', ({ changes, told }) => {
  expect(readFirst(changes, [])).toEqual(told);
});

it('policies that judged before and are gone or say less come first, alike ones in one line', () => {
  const gone = (policy: string) => ({ policy, before: 'mandatory', after: null });
  expect(
    readFirst([], [], [gone('b/two'), gone('a/one'), { policy: 'c', before: 'mandatory', after: 'advisory' }]),
  ).toEqual([
    '2 mandatory policies a/one, b/two are gone: they judged what was applied last.',
    'the mandatory policy c is advisory now.',
  ]);
});

it('what was found to keep everybody from hearing comes before all that the plan would do', () => {
  const found = { stack: 'plant', target: 'alertmanager', type: 'alertmanager-silence', location: 'until then' };
  const unmanaged = [
    { ...found, name: 'a' },
    { ...found, name: 'b', concern: 'nobody hears of any alert until then' },
  ];
  expect(readFirst([silenceAt('plant', 'create')], [], [], unmanaged)).toEqual([
    'plant alertmanager: nobody hears of any alert until then.',
    `plant/alertmanager-silence/chg-1042: ${hides}.`,
  ]);
});
