import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Address, makeAddress, plainLifecycle } from '../../model/index.ts';
import type { JournalEntry, JournalEvent } from '../journal/journal-entry.ts';
import { replay } from './apply-entry.ts';
import { parseState } from './parse-state.ts';
import { printState } from './print-state.ts';
import { emptyRecord } from './stack-record.ts';

const key = { environment: 'test', stack: 'east' };
const addresses = ['a', 'b', 'c'].map((name) => makeAddress({ stack: 'east', type: 'note', name }));

it('a replay from any point of a journal comes to the same state', () => {
  // Without edges: one to a record that is still to come is dropped where a checkpoint comes in between.
  fc.assert(
    fc.property(arbitraryJournal(fc.constant([])), fc.nat(), (entries, cut) => {
      const middle = born();
      replay(middle, entries.slice(0, cut % (entries.length + 1)));
      const read = parseState(printState(middle).content, key, 'memory');
      if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
      replay(read.record, entries); // From the start: what is in it already changes nothing.
      const whole = born();
      replay(whole, entries);
      expect(printState(read.record).content.toString('utf8')).toBe(printState(whole).content.toString('utf8'));
    }),
  );
});

it('whatever is missing from a journal, what comes out is a valid state', () => {
  const lost = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(arbitraryJournal(fc.subarray(addresses)), lost, (entries, isLost) => {
      const record = born();
      const rest = entries.filter((_, index) => !isLost[index]);
      replay(record, rest);
      expect(parseState(printState(record).content, key, 'memory')).toMatchObject({ ok: true });
    }),
  );
});

function born() {
  return emptyRecord(key, { lineage: 'lineage', salt: 'salt' });
}

function arbitraryJournal(dependsOn: fc.Arbitrary<readonly Address[]>): fc.Arbitrary<readonly JournalEntry[]> {
  return fc
    .array(arbitraryEvent(dependsOn), { maxLength: 20 })
    .map((events) => events.map((event, index): JournalEntry => ({ ...event, seq: index + 1, run: 'run', fence: 1 })));
}

function arbitraryEvent(dependsOn: fc.Arbitrary<readonly Address[]>): fc.Arbitrary<JournalEvent> {
  const address = fc.constantFrom(...addresses);
  const target = fc.constantFrom('disk', 'other');
  const some = fc.subarray(addresses);
  const found = fc.constantFrom('intended' as const, 'former' as const, 'absent' as const);
  const applied = arbitraryRecord(dependsOn);
  const kind = <Kind extends JournalEvent['kind']>(name: Kind) => fc.constant(name);
  const reason = fc.constant('x');
  return fc.oneof(
    fc.record({ kind: kind('intents'), wave: fc.nat(), intents: fc.array(arbitraryIntent(applied), { maxLength: 3 }) }),
    fc.record({ kind: kind('abandoned'), addresses: some }),
    fc.record({ kind: kind('not-staged'), address, reason }),
    fc.record({ kind: kind('resolved'), address, found }),
    fc.record({ kind: kind('put-back'), address, target, found }),
    fc.record({ kind: kind('commit-started'), target, changes: fc.nat() }),
    fc.record({ kind: kind('commit-refused'), target, reason }),
    fc.record({ kind: kind('commit-accepted'), target, identity: fc.constant({}), addresses: some }),
    fc.record({ kind: kind('health-awaited'), target, addresses: some }),
    fc.record({
      kind: kind('health'),
      target,
      healthy: fc.nat(),
      unhealthy: fc.nat(),
      failing: fc.dictionary(address, fc.subarray(['a 1', 'b 2'])),
      working: some,
    }),
    fc.record({ kind: kind('judged'), policies: fc.dictionary(fc.constantFrom('a', 'b'), fc.constant('mandatory')) }),
    applied.map((record) => ({ kind: 'recorded' as const, address: record.address, applied: record })),
  );
}

function arbitraryRecord(dependsOn: fc.Arbitrary<readonly Address[]>) {
  const fields = { address: fc.constantFrom(...addresses), target: fc.constantFrom('disk', 'other'), dependsOn };
  return fc.record(fields).map((record) => ({
    ...record,
    type: 'note',
    spec: { of: record.address },
    secrets: {},
    lifecycle: plainLifecycle,
    owner: 'team-a',
  }));
}

function arbitraryIntent(applied: ReturnType<typeof arbitraryRecord>) {
  return fc
    .record({
      action: fc.constantFrom('create' as const, 'update' as const, 'replace' as const, 'delete' as const),
      resource: applied,
      formerAddress: fc.option(fc.constantFrom(...addresses), { nil: undefined }),
    })
    .map(({ action, resource, formerAddress }) => ({
      address: resource.address,
      ...(formerAddress === undefined ? {} : { formerAddress }),
      action,
      type: 'note',
      target: resource.target,
      intended: action === 'delete' ? null : resource,
      before: { state: 'absent' as const },
    }));
}

it.each<{ name: string; events: readonly JournalEvent[]; unhealthy: object }>([
  { name: 'is remembered with what is excused', events: [], unhealthy: { 'east/note/a': ['b 2'] } },
  {
    name: 'is forgotten when it was seen to work',
    events: [{ kind: 'health', target: 'disk', healthy: 1, unhealthy: 0, working: ['east/note/a' as Address] }],
    unhealthy: {},
  },
  {
    name: 'is forgotten with its object',
    events: [{ kind: 'recorded', address: 'east/note/a' as Address, applied: null }],
    unhealthy: {},
  },
  {
    name: 'goes along with a rename',
    events: [
      {
        kind: 'recorded',
        address: 'east/note/b' as Address,
        formerAddress: 'east/note/a' as Address,
        applied: recordOf('east/note/b' as Address),
      },
    ],
    unhealthy: { 'east/note/b': ['b 2'] },
  },
])('what was not seen to work $name', ({ events, unhealthy }) => {
  const record = born();
  const address = 'east/note/a' as Address;
  const all: readonly JournalEvent[] = [
    { kind: 'recorded', address, applied: recordOf(address) },
    { kind: 'health', target: 'disk', healthy: 0, unhealthy: 1, failing: { [address]: ['b 2'] } },
    ...events,
  ];
  replay(
    record,
    all.map((event, index) => ({ ...event, seq: index + 1, run: 'run', fence: 1 })),
  );
  const read = parseState(printState(record).content, key, 'memory');
  expect(read.ok && Object.fromEntries(read.record.unhealthy)).toEqual(unhealthy);
});

function recordOf(address: Address) {
  const spec = { of: address };
  return {
    ...{ address, target: 'disk', dependsOn: [], type: 'note', spec, secrets: {} },
    lifecycle: plainLifecycle,
    owner: 'team-a',
  };
}
