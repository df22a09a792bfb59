import { describe, expect, it } from 'vitest';
import {
  type AppliedResource,
  digestSecret,
  makeAddress,
  type Observation,
  plainLifecycle,
} from '../../model/index.ts';
import type { Intent } from '../journal/journal-entry.ts';
import { decideOutcome } from './decide-outcome.ts';

const address = makeAddress({ stack: 'east', type: 'note', name: 'a' });
const salt = 'salt';
const type = { type: 'note', canonical: (spec: AppliedResource['spec']) => ({ interval: '1m', ...spec }) };

const applied = (spec: AppliedResource['spec'], secrets: AppliedResource['secrets'] = {}): AppliedResource => ({
  address,
  type: 'note',
  target: 'disk',
  spec,
  secrets,
  dependsOn: [],
  lifecycle: plainLifecycle,
  owner: 'team-a',
});
const intended = applied({ text: 'new' });
const former = applied({ text: 'old' });
const absent: Observation = { state: 'absent' };
const malformed: Observation = { state: 'malformed', reason: 'line 1', spec: {} };
const there = (spec: AppliedResource['spec']): Observation => ({ state: 'present', spec });

interface Case {
  readonly name: string;
  readonly action: Intent['action'];
  readonly intended?: AppliedResource | null;
  readonly former?: AppliedResource | null;
  readonly before?: Intent['before'];
  /** The same at both places unless told. */
  readonly seen: Observation;
  readonly atFormer?: Observation;
  readonly found: string | null;
}

const cases: readonly Case[] = [
  {
    name: 'a create that is there was done',
    action: 'create',
    former: null,
    seen: there({ text: 'new' }),
    found: 'intended',
  },
  {
    name: 'defaults filled in by the target do not matter',
    action: 'create',
    former: null,
    seen: there({ text: 'new', interval: '1m' }),
    found: 'intended',
  },
  { name: 'a create that is not there was not done', action: 'create', former: null, seen: absent, found: 'former' },
  {
    name: 'a create with something else there cannot be told',
    action: 'create',
    former: null,
    seen: there({ text: 'x' }),
    found: null,
  },
  { name: 'a create that is broken cannot be told', action: 'create', former: null, seen: malformed, found: null },
  { name: 'an update that is there was done', action: 'update', seen: there({ text: 'new' }), found: 'intended' },
  {
    name: 'an update with the former value was not done',
    action: 'update',
    seen: there({ text: 'old' }),
    found: 'former',
  },
  {
    name: 'an update of a drifted object with what the plan saw was not done',
    action: 'update',
    before: { state: 'present', spec: { text: 'drifted' } },
    seen: there({ text: 'drifted' }),
    found: 'former',
  },
  {
    name: 'an update with something else there cannot be told',
    action: 'update',
    seen: there({ text: 'x' }),
    found: null,
  },
  { name: 'an update of an object that is gone was not done', action: 'update', seen: absent, found: 'former' },
  {
    name: 'an update of a broken object that still is was not done',
    action: 'update',
    before: { state: 'malformed' },
    seen: malformed,
    found: 'former',
  },
  { name: 'an update that is broken cannot be told', action: 'update', seen: malformed, found: null },
  { name: 'a delete with nothing there was done', action: 'delete', intended: null, seen: absent, found: 'intended' },
  {
    name: 'a delete with the object there was not done',
    action: 'delete',
    intended: null,
    seen: there({ text: 'old' }),
    found: 'former',
  },
  {
    name: 'a delete with something else there cannot be told',
    action: 'delete',
    intended: null,
    seen: there({ text: 'x' }),
    found: null,
  },
  { name: 'a replace that is there was done', action: 'replace', seen: there({ text: 'new' }), found: 'intended' },
  { name: 'a replace with nothing anywhere was half done', action: 'replace', seen: absent, found: 'absent' },
  {
    name: 'a replace with the former object in its place was not done',
    action: 'replace',
    seen: absent,
    atFormer: there({ text: 'old' }),
    found: 'former',
  },
  {
    name: 'a replace with both there keeps the former on record, since only that would be lost',
    action: 'replace',
    seen: there({ text: 'new' }),
    atFormer: there({ text: 'old' }),
    found: 'former',
  },
  {
    name: 'a replace with something else at the former place cannot be told',
    action: 'replace',
    seen: absent,
    atFormer: there({ text: 'x' }),
    found: null,
  },
  {
    name: 'an adoption with what the plan saw was not done',
    action: 'adopt',
    former: null,
    before: { state: 'present', spec: { text: 'theirs' } },
    seen: there({ text: 'theirs' }),
    found: 'former',
  },
];

describe('what a look says about a change whose outcome nobody wrote down', () => {
  it.each(cases)('$name', (subject) => {
    const intent: Intent = {
      address,
      action: subject.action,
      type: 'note',
      target: 'disk',
      intended: subject.intended === undefined ? intended : subject.intended,
      before: subject.before ?? { state: 'absent' },
    };
    const sighting = { atIntended: subject.seen, atFormer: subject.atFormer ?? subject.seen };
    const known = subject.former === undefined ? former : subject.former;
    expect(decideOutcome({ intent, former: known, sighting, salt, type })).toBe(subject.found);
  });

  const reference = { $secret: 'env:TOKEN' };
  const rotated = applied({ token: reference }, { 'env:TOKEN': digestSecret(salt, 'new value') });
  const before = applied({ token: reference }, { 'env:TOKEN': digestSecret(salt, 'old value') });
  it.each([
    { name: 'the new value of a rotated secret was written', token: 'new value', found: 'intended' },
    { name: 'its reference stands for the value at hand, which is the new one', token: reference, found: 'intended' },
    { name: 'the old value of a rotated secret was not replaced', token: 'old value', found: 'former' },
    { name: 'a value that nobody wrote cannot be told', token: 'another value', found: null },
  ])('$name', ({ token, found }) => {
    const intent: Intent = {
      address,
      action: 'update',
      type: 'note',
      target: 'disk',
      intended: rotated,
      before: { state: 'present', spec: { token: reference } },
    };
    const seen = there({ token });
    expect(decideOutcome({ intent, former: before, sighting: { atIntended: seen, atFormer: seen }, salt, type })).toBe(
      found,
    );
  });
});
