import { expect, it } from 'vitest';
import { type JsonObject, parseAddress, type RunningSide } from '../model/index.ts';
import { aResource } from '../testing/index.ts';
import { describeDrifts } from './describe-plan.ts';
import type { Drift, PlannedChange } from './plan.ts';

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

it.each<{ name: string; config: JsonObject; runs: RunningSide; live: string; losses: readonly string[] }>([
  {
    name: 'with a field that Prometheus does not know is refused by it, so nothing is lost yet',
    config: { rule_filez: ['rules/*.yaml'] },
    runs: 'applied',
    live: 'Not live: Prometheus knows no field rule_filez at the top of its file. Prometheus refuses the file at a reload and the server still runs what was applied; it would not start with it.',
    losses: [],
  },
  {
    name: 'with a text where a list belongs is refused too, whether its server answers or not',
    config: { rule_files: 'rules/*.yaml' },
    runs: 'not-known',
    live: 'Not live: rule_files has to be a list. Prometheus refuses the file at a reload; it would not start with it.',
    losses: [],
  },
  {
    name: 'that can be loaded says what would be lost by it',
    config: { tracing: {} },
    runs: 'applied',
    live: 'Not live yet: the server still runs what was applied, until its next reload or start.',
    losses: ['no rule file is loaded: nothing is recorded, and no alert is evaluated'],
  },
  {
    name: 'that runs is one of a later Prometheus, which knows more fields',
    config: { rule_files: ['rules/*.yaml'], later: {} },
    runs: 'found',
    live: 'Live: the server runs it as it was found.',
    losses: [],
  },
])('a main configuration $name', ({ config, runs, live, losses }) => {
  const described = describeOf('prometheus-config', { config: { rule_files: ['rules/*.yaml'] } }, { config }, runs);
  expect(described).toMatchObject({ live, losses });
});

it('a target list that does not run yet needs no reload', () => {
  const [before, after] = [{ groups: [{ targets: ['a:1'] }] }, { groups: [{ targets: ['b:1'] }] }];
  expect(describeOf('prometheus-targets', before, after, 'applied')?.live).toBe(
    'Not live yet: Prometheus watches its target files, and takes this within seconds, without a reload.',
  );
});

function describeOf(ofType: string, before: JsonObject, after: JsonObject, runs: RunningSide) {
  const place = parseAddress(`east/${ofType}/main`)!;
  const desired = { ...aResource(place, { spec: before }), type: ofType };
  const record = { ...applied, address: place, type: ofType, spec: before };
  const observed = { address: place, type: ofType, target, spec: after };
  const planned: PlannedChange = {
    ...{ address: place, cause: { kind: 'drifted' }, explanation: 'x', reverse: null, waitsFor: [], applied: record },
    change: { action: 'update', desired, observed, fields: [] },
  };
  return describeDrifts([{ address: place, kind: 'changed', fields: [], detail: 'x', runs }], [planned])[0];
}
