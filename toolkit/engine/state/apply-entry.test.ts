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
