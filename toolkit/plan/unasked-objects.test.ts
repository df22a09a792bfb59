import { expect, it } from 'vitest';
import { type Address, digestOf, type Observation } from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import { appliedRecord } from './applied-record.ts';
import { planChanges } from './plan-changes.ts';

const digest = digestOf('test');
const note = (name: string, level = 1) =>
  plainResource(`east/note/${name}` as Address, { target: 'near', spec: { level, path: `p-${name}`, tags: [] } });
const unasked: Observation = { state: 'unasked', reason: 'No answer.' };

/** Of one target: what can be read, and three that only its server knows, which does not answer. */
it('what its server alone knows is neither made, changed nor taken away, and the rest of the target is', () => {
  const applied = [note('file'), note('same'), note('gone')];
  const plan = planChanges({
    environment: 'test',
    types: testTypes,
    desired: [note('file', 2), note('same'), note('new')],
    states: [
      stateOf(
        'east',
        applied.map((resource) => appliedRecord(resource, {})),
      ),
    ],
    observed: new Map<Address, Observation>([
      [note('file').address, { state: 'present', spec: note('file').spec }],
      ...['same', 'gone', 'new'].map((name) => [note(name).address, unasked] as const),
    ]),
    unmanaged: [],
    identities: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude: [] },
    adopt: new Set(),
    brakes: { maxDeletes: 100, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: true },
    secrets: new Map(),
  });
  expect({
    changes: plan.changes.map(({ address, change }) => `${change.action} ${address}`),
    owed: plan.owed.map(({ address, action, reason }) => `${action} ${address} ${reason}`),
    ...{ unchanged: plan.unchanged, drift: plan.drift, findings: plan.findings, unasked: plan.unasked },
  }).toEqual({
    changes: ['update east/note/file'],
    owed: ['delete east/note/gone not-asked', 'create east/note/new not-asked'],
    ...{ unchanged: [], drift: [], findings: [] },
    unasked: [{ stack: 'east', target: 'near', reason: 'No answer.', objects: 3 }],
  });
});
