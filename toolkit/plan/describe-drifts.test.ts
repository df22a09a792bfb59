import { expect, it } from 'vitest';
import type { RunningSide } from '../model/index.ts';
import { aResource } from '../testing/index.ts';
import { describeDrifts } from './describe-plan.ts';
import type { Drift } from './plan.ts';

const { address, type, target } = aResource('east/prometheus-rules/host');
const down = { alert: 'HostDown', expr: 'up == 0', labels: { severity: 'critical' } };
const applied = {
  ...{
    address,
    type,
    target,
    spec: { group: { name: 'host', rules: [down] } },
    secrets: {},
    dependsOn: [],
    owner: 'ops',
  },
  lifecycle: { protect: false, ignore: [], retainOnDelete: false },
};

function describe(kind: Drift['kind'], runs?: RunningSide) {
  const desired = aResource(address, { spec: applied.spec });
  const [described] = describeDrifts(
    [{ address, kind, fields: [], detail: 'x', ...(runs === undefined ? {} : { runs }) }],
    [
      {
        ...{ address, cause: { kind: 'vanished' }, explanation: 'x', reverse: null, waitsFor: [], applied },
        change: { action: 'create', desired },
      },
    ],
  );
  return described;
}

it.each<{ kind: Drift['kind']; runs?: RunningSide; live: string | null }>([
  { kind: 'changed', live: null },
  { kind: 'changed', runs: 'found', live: 'Live: the server runs it as it was found.' },
  {
    kind: 'changed',
    runs: 'applied',
    live: 'Not live yet: the server still runs what was applied, until its next reload or start.',
  },
  { kind: 'changed', runs: 'neither', live: 'The server runs neither what was found nor what was applied.' },
  { kind: 'changed', runs: 'not-known', live: 'Whether the server runs it is not known.' },
  { kind: 'vanished', runs: 'found', live: 'Live: the server runs without it.' },
  {
    kind: 'malformed',
    runs: 'applied',
    live: 'Not live: the server still runs what was applied, and cannot load this: it would not start with it.',
  },
])('of an object that is $kind and of which $runs runs, it is said whether that is live', ({ kind, runs, live }) => {
  expect(describe(kind, runs)?.live).toBe(live);
});

it('a file that is gone takes its critical alerts along, and one that cannot be read is not judged', () => {
  expect(describe('vanished')?.losses).toEqual(['with it goes the critical alert HostDown']);
  expect(describe('malformed')?.losses).toEqual([]);
});
