import { beforeEach, describe, expect, it } from 'vitest';
import { type AppliedResource, makeAddress, plainLifecycle } from '../../model/index.ts';
import { applyOnBench, type Bench, planOnBench } from '../../testing/apply-harness.ts';
import { plainResource, testTypes } from '../../testing/arbitraries.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import { createMemoryTarget } from '../../testing/memory-target.ts';
import type { JournalEvent } from '../journal/journal-entry.ts';
import { printJournalLine } from '../journal/journal-line.ts';
import { findRemovable, moveStateRecord, removeStateRecord } from './edit-state.ts';
import { loadStack } from './load-stack.ts';
import type { StackStore } from './state-backend.ts';

const options = { command: 'test', waitMs: 0 };
const [a, b, c] = ['a', 'b', 'c'].map((name) => makeAddress({ stack: 'east', type: 'note', name })) as [
  ReturnType<typeof makeAddress>,
  ReturnType<typeof makeAddress>,
  ReturnType<typeof makeAddress>,
];
const note = (address: typeof a, path: string, dependsOn: readonly (typeof a)[] = []) =>
  plainResource(address, { spec: { path, tags: [] }, dependsOn });

function recordOfB(): AppliedResource {
  const { address, type, target, owner } = note(b, 'main/b');
  const spec = { path: 'main/b', tags: ['new'] };
  return { address, type, target, owner, spec, secrets: {}, dependsOn: [], lifecycle: plainLifecycle };
}

describe('an edit of the state', () => {
  let bench: Bench;
  let store: StackStore;
  beforeEach(async () => {
    const target = createMemoryTarget({ types: testTypes, staging: 'direct' });
    const backend = createMemoryBackend();
    bench = { backend, providers: [target.provider], types: testTypes, stacks: ['east'] };
    store = backend.open({ environment: 'test', stack: 'east' });
    const { plan } = await planOnBench(bench, [note(a, 'main/a'), note(b, 'main/b', [a])]);
    await applyOnBench(bench, plan);
  });
  const records = async () => {
    const result = await loadStack(store);
    return result.ok
      ? [...result.loaded.state.resources.values()].map(({ address, dependsOn }) => [address, dependsOn])
      : result;
  };

  it('moves a record, and what depends on it follows', async () => {
    await moveStateRecord(store, a, c, options);
    expect(await records()).toEqual([
      [b, [c]],
      [c, []],
    ]);
    const { plan } = await planOnBench(bench, [note(c, 'main/a'), note(b, 'main/b', [c])]);
    expect(plan.changes).toEqual([]);
  });

  it('drops a record, and the object stays', async () => {
    expect(await removeStateRecord(store, a, options)).toMatchObject({ address: a });
    expect(await records()).toEqual([[b, []]]);
    const { plan } = await planOnBench(bench, [note(a, 'main/a'), note(b, 'main/b', [a])]);
    expect(plan.changes.map(({ address, change }) => [address, change.action])).toEqual([
      [a, 'adopt'],
      [b, 'no-op'],
    ]);
  });

  describe('of a protected record', () => {
    const lifecycle = { ...plainLifecycle, protect: true };
    beforeEach(async () => {
      const { plan } = await planOnBench(bench, [{ ...note(a, 'main/a'), lifecycle }, note(b, 'main/b', [a])]);
      await applyOnBench(bench, plan);
    });
    const protectionOf = async (address: typeof a) => {
      const result = await loadStack(store);
      return result.ok && result.loaded.state.resources.get(address)?.lifecycle.protect;
    };

    it('is refused when it drops it, unless that is wanted', async () => {
      const refused = { diagnostic: { code: 'state/protected', subject: a } };
      await expect(findRemovable(store, a, {})).rejects.toMatchObject(refused);
      await expect(removeStateRecord(store, a, options)).rejects.toMatchObject(refused);
      expect(await protectionOf(a)).toBe(true);
      await removeStateRecord(store, a, { ...options, evenProtected: true });
      expect(await records()).toEqual([[b, []]]);
    });

    it('keeps the protection when it moves it, and nothing moves over it', async () => {
      await expect(moveStateRecord(store, b, a, options)).rejects.toMatchObject({
        diagnostic: { code: 'state/address-taken' },
      });
      await moveStateRecord(store, a, c, options);
      expect(await protectionOf(c)).toBe(true);
    });
  });

  describe('beside a change that was cut off', () => {
    const before = { state: 'absent' } as const;
    const cutOff = async (events: readonly JournalEvent[]) => {
      const result = await loadStack(store);
      if (!result.ok) throw new Error('The state cannot be read.');
      const { record, journal } = result.loaded;
      const appender = await store.openJournal(journal.length);
      for (const [index, event] of events.entries()) {
        const entry = { ...event, seq: record.journalSeq + 1 + index, run: 'cut off', fence: record.fence + 1 };
        await appender.append(printJournalLine(entry));
      }
    };
    const intended = (address: typeof a) => ({
      kind: 'intents' as const,
      wave: 1,
      intents: [{ address, action: 'create' as const, type: 'note', target: 'disk', intended: null, before }],
    });

    it.each([
      { name: 'a move onto its place', events: [intended(c)], edit: () => moveStateRecord(store, a, c, options) },
      { name: 'a move of its record', events: [intended(a)], edit: () => moveStateRecord(store, a, c, options) },
      { name: 'the removal of its record', events: [intended(a)], edit: () => removeStateRecord(store, a, options) },
      {
        name: 'a move of a record that its target may still refuse',
        events: [
          { kind: 'intents' as const, wave: 1, intents: [{ ...intended(b).intents[0]!, intended: recordOfB() }] },
          { kind: 'resolved' as const, address: b, found: 'intended' as const },
        ],
        edit: () => moveStateRecord(store, b, c, options),
      },
    ])('$name is refused', async ({ events, edit }) => {
      await cutOff(events);
      await expect(edit()).rejects.toMatchObject({ diagnostic: { code: 'state/still-uncertain' } });
    });
  });

  it.each([
    {
      name: 'of a record that is not there',
      edit: () => removeStateRecord(store, c, options),
      code: 'state/no-such-resource',
    },
    {
      name: 'to an address that is taken',
      edit: () => moveStateRecord(store, a, b, options),
      code: 'state/address-taken',
    },
    {
      name: 'to another stack',
      edit: () => moveStateRecord(store, a, makeAddress({ stack: 'west', type: 'note', name: 'a' }), options),
      code: 'state/address-elsewhere',
    },
  ])('$name is refused, and changes nothing', async ({ edit, code }) => {
    const before = await records();
    await expect(edit()).rejects.toMatchObject({ diagnostic: { code } });
    expect(await records()).toEqual(before);
  });
});
