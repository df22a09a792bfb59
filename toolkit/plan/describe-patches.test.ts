import { expect, it } from 'vitest';
import { type JsonObject, printDisabledAlert, type Resource } from '../model/index.ts';
import { aResource } from '../testing/index.ts';
import { describePatches } from './describe-patches.ts';

const source = { file: 'alerts/patches.ts', line: 4, column: 3 };
const busy = { alert: 'HostCpuBusy', expr: 'busy > 0.9', for: '15m', labels: { severity: 'warning' } };
const full = { alert: 'HostFull', expr: 'free < 1', labels: { severity: 'critical' } };
const off = printDisabledAlert({ alert: 'HostFull', severity: 'critical' });
const stated = { reason: 'Agreed with the plants.', source: 'alerts/patches.ts:4:3' };

function specOf(...rules: readonly JsonObject[]): JsonObject {
  return { group: { name: 'host', rules } };
}

/** With a patch behind one of its parts. */
function desiredWith(name: string): Resource {
  const step = { kind: 'patch', subject: 'host.x', text: 'Agreed with the plants.', source } as const;
  return aResource('plant/prometheus-rules/host', { parts: [{ name, pointer: '/group/rules/0', derivation: [step] }] });
}

it.each([
  {
    name: 'an alert that goes off, with its reason',
    before: specOf(full),
    after: specOf(off),
    desired: desiredWith('disabled:HostFull'),
    described: [
      {
        symbol: '+',
        alert: 'HostFull',
        text: 'disabled, so nobody is told of it',
        severity: { before: 'critical', after: null },
        ...stated,
      },
    ],
  },
  {
    name: 'an alert that comes back',
    before: specOf(off),
    after: specOf(full),
    desired: aResource('plant/prometheus-rules/host'),
    described: [
      {
        symbol: '-',
        alert: 'HostFull',
        text: 'no longer disabled',
        severity: { before: null, after: 'critical' },
        reason: null,
        source: null,
      },
    ],
  },
  {
    name: 'numbers and labels that a patch changes',
    before: specOf(busy),
    after: specOf({ ...busy, expr: 'busy > 0.8', for: '20m', labels: { severity: 'critical', code: 'ITSM-42' } }),
    desired: desiredWith('HostCpuBusy'),
    described: [
      {
        symbol: '~',
        alert: 'HostCpuBusy',
        text: 'threshold 0.9 -> 0.8, for 15m -> 20m, severity warning -> critical, label code none -> ITSM-42',
        severity: { before: 'warning', after: 'critical' },
        ...stated,
      },
    ],
  },
  {
    name: 'a new file with a patched alert',
    before: {},
    after: specOf(busy),
    desired: desiredWith('HostCpuBusy'),
    described: [
      { symbol: '+', alert: 'HostCpuBusy', text: 'patched', severity: { before: null, after: 'warning' }, ...stated },
    ],
  },
  {
    name: 'nothing of a patched alert that stays as it is',
    before: specOf(busy),
    after: specOf(busy),
    desired: desiredWith('HostCpuBusy'),
    described: [],
  },
  {
    name: 'nothing of a change that no patch stands behind',
    before: specOf(busy),
    after: specOf({ ...busy, for: '20m' }),
    desired: aResource('plant/prometheus-rules/host'),
    described: [],
  },
])('$name', ({ before, after, desired, described }) => {
  expect(describePatches(before, after, desired)).toEqual(
    described.map((description) => ({ item: 'every item', ...description })),
  );
});
