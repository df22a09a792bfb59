import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type AppliedResource, digestOf, digestOfText, makeAddress, plainLifecycle } from '../../model/index.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import type { Intent, JournalEntry, JournalEvent } from '../journal/journal-entry.ts';
import { printJournalLine } from '../journal/journal-line.ts';
import { loadStack } from './load-stack.ts';
import { printState } from './print-state.ts';
import { repairState } from './repair-state.ts';
import { emptyRecord, type StackRecord } from './stack-record.ts';
import type { StackStore } from './state-backend.ts';

const key = { environment: 'test', stack: 'east' };
const a = makeAddress({ stack: 'east', type: 'note', name: 'a' });
const b = makeAddress({ stack: 'east', type: 'note', name: 'b' });

function applied(address = a, overrides: Partial<AppliedResource> = {}): AppliedResource {
  return {
    address,
    type: 'note',
    target: 'disk',
    spec: { text: `content of ${address}` },
    secrets: {},
    dependsOn: [],
    lifecycle: plainLifecycle,
    owner: 'team-a',
    ...overrides,
  };
}

function recordOf(resources: readonly AppliedResource[], overrides: Partial<StackRecord> = {}): StackRecord {
  const record = {
    ...emptyRecord(key, { lineage: 'lineage', salt: 'salt' }),
    serial: 7,
    journalSeq: 20,
    fence: 3,
    ...overrides,
  };
  for (const resource of resources) record.resources.set(resource.address, resource);
  return record;
}

function entry(seq: number, event: JournalEvent, fence = 4): JournalEntry {
  return { seq, run: 'run', fence, ...event };
}

function lines(...entries: readonly JournalEntry[]): string {
  return entries.map(printJournalLine).join('');
}

function intent(
  address: Intent['address'],
  intended: AppliedResource | null,
  action: Intent['action'] = 'create',
): Intent {
  return { address, action, type: 'note', target: 'disk', intended, before: { state: 'absent' } };
}

const intents = entry(21, { kind: 'intents', wave: 1, intents: [intent(b, applied(b))] });
const accepted = entry(22, { kind: 'commit-accepted', target: 'disk', identity: { directory: '/d' }, addresses: [b] });

const begun = (record: StackRecord, overrides: Partial<JournalEvent> = {}) =>
  entry(record.journalSeq + 1, {
    kind: 'checkpoint',
    format: 2,
    ...key,
    serial: record.serial,
    state: printState(record).digest,
    ...overrides,
  } as JournalEvent);

async function storeWith(state: string | Uint8Array | null, journal: string | null = null): Promise<StackStore> {
  const store = createMemoryBackend().open(key);
  if (state !== null) await store.writeState(Buffer.from(state));
  if (journal !== null) await store.rotateJournal(journal);
  return store;
}

describe('a stored state is read', () => {
  it('as it was written, whatever it holds', async () => {
    const record = recordOf([applied(b, { dependsOn: [a], secrets: { 'env:X': 'digest' } }), applied(a)]);
    record.pending.set('disk', new Map([[b, { intent: intent(b, applied(b)), former: null }]]));
    record.pending.set('reload', new Map());
    record.uncertain.set(a, { ...intent(a, null, 'delete'), before: { state: 'present', spec: { text: 'x' } } });
    record.identities.set('disk', { directory: '/d' });
    const { content, digest } = printState(record);
    const result = await loadStack(await storeWith(content, lines(begun(record))));
    const journalSeq = 21; // That of the first line of the journal.
    expect(result).toMatchObject({
      ok: true,
      loaded: {
        notices: [],
        record: { ...record, journalSeq, fence: 4 },
        state: { serial: 7, digest, lineage: 'lineage' },
      },
    });
    expect(result.ok && result.loaded.state.uncommittedTargets).toEqual(['disk', 'reload']);
    expect(result.ok && printState(result.loaded.record).digest).toEqual(digest);
  });

  it('without a journal where a first run was killed before it began one', async () => {
    const { content } = printState(recordOf([], { serial: 0, journalSeq: 0, fence: 1 }));
    for (const journal of [null, '', '{"seq":1,"kin'])
      expect(await loadStack(await storeWith(content, journal))).toMatchObject({ ok: true });
  });

  it('as an empty one where there is none', async () => {
    const result = await loadStack(await storeWith(null));
    expect(result).toMatchObject({
      ok: true,
      loaded: { state: { lineage: '', serial: 0, salt: '', resources: new Map() } },
    });
  });

  it('again where its first run began and ended between the two reads', async () => {
    const record = recordOf([applied(a)]);
    const store = await storeWith(printState(record).content, lines(begun(record)));
    const answers = [null];
    const raced = {
      ...store,
      readJournal: async (generation: 'latest' | 'previous') =>
        answers.length > 0 ? (answers.pop() ?? null) : await store.readJournal(generation),
    };
    expect(await loadStack(raced)).toMatchObject({ ok: true, loaded: { record: { journalSeq: 21 } } });
  });

  it('without dependencies that are no longer there', async () => {
    const record = recordOf([applied(a, { dependsOn: [b] })]);
    const result = await loadStack(await storeWith(printState(record).content, lines(begun(record))));
    expect(result.ok && result.loaded.state.resources.get(a)?.dependsOn).toEqual([]);
  });
});

const whole = printState(recordOf([applied(a), applied(b)])).content.toString('utf8');

/** A state whose checksums are right, whatever its body says. */
function forged(change: (body: string) => string): string {
  const newline = whole.indexOf('\n') + 1;
  const body = change(whole.slice(newline));
  const head = `${whole.slice(0, whole.indexOf('"body"'))}"body":"${digestOfText(body)}"`;
  return `${head},"sum":"${crc32(head).toString(16).padStart(8, '0')}",\n${body}`;
}

describe('a state that cannot be believed is refused, with one diagnostic that says why', () => {
  it.each([
    { name: 'an empty file', state: '', codes: ['state/empty'] },
    { name: 'a file cut off in its first line', state: whole.slice(0, 40), codes: ['state/truncated'] },
    { name: 'a file cut off in its first word', state: whole.slice(0, 7), codes: ['state/truncated'] },
    { name: 'a file cut off in the middle', state: whole.slice(0, -100), codes: ['state/truncated'] },
    { name: 'a file with something behind its end', state: `${whole}more`, codes: ['state/corrupt'] },
    { name: 'a file without its last byte', state: whole.slice(0, -1), codes: ['state/truncated'] },
    { name: 'a changed letter', state: whole.replace('content of', 'c0ntent of'), codes: ['state/corrupt'] },
    {
      name: 'a changed first line',
      state: whole.replace('"journalSeq":20', '"journalSeq":21'),
      codes: ['state/corrupt'],
    },
    { name: 'another kind of JSON', state: '{"version":4,"serial":1}\n', codes: ['state/not-a-state'] },
    { name: 'no text at all', state: '\0\0\0\0', codes: ['state/not-a-state'] },
    { name: 'a later format', state: whole.replace('"version":1', '"version":2'), codes: ['state/foreign-version'] },
    {
      name: 'the state of another stack',
      state: forged((body) => body.replace('"stack":"east"', '"stack":"west"')),
      codes: ['state/other-stack'],
    },
    {
      name: 'an address twice',
      state: forged((body) => body.replaceAll('east/note/b', 'east/note/a')),
      codes: ['state/duplicate-address'],
    },
    {
      name: 'a record without a target',
      state: forged((body) => body.replace('"target":"disk"', '"target":""')),
      codes: ['state/bad-resource'],
    },
    {
      name: 'a dependency that is not there',
      state: forged((body) => body.replace('"dependsOn":[]', '"dependsOn":["east/note/gone"]')),
      codes: ['state/bad-dependency'],
    },
    {
      name: 'a body that is no JSON, with the right digest',
      state: forged((body) => body.replace('"serial":7', '"serial":')),
      codes: ['state/corrupt'],
    },
    ...[
      { name: 'of another stack', change: { address: 'west/note/b' } },
      { name: 'without a target', change: { target: undefined } },
      { name: 'without what was there before', change: { before: null } },
      { name: 'with half a record', change: { intended: { address: b } } },
    ].map(({ name, change }) => ({
      name: `an uncertain change ${name}`,
      state: forged((body) =>
        body.replace('"uncertain":[]', `"uncertain":[${JSON.stringify({ ...intent(b, applied(b)), ...change })}]`),
      ),
      codes: ['state/corrupt'],
    })),
    { name: 'a journal without its state', state: null, journal: lines(intents), codes: ['state/lost'] },
    { name: 'an empty journal without its state', state: null, journal: '', codes: ['state/lost'] },
    { name: 'a state without its journal', state: whole, journal: null, codes: ['state/journal-lost'] },
    { name: 'a journal without a byte', state: whole, journal: '', codes: ['state/journal-empty'] },
    {
      name: 'a journal of which no line is readable',
      state: whole,
      journal: 'rubbish\nand more of it\n',
      codes: ['state/journal-unreadable'],
    },
    {
      name: 'a journal of which nothing is left but a torn line',
      state: whole,
      journal: lines(intents).slice(0, -20),
      codes: ['state/journal-unreadable'],
    },
    {
      name: 'the journal of another stack',
      state: whole,
      journal: lines(begun(recordOf([]), { stack: 'west' } as Partial<JournalEvent>)),
      codes: ['state/journal-other-stack'],
    },
    {
      name: 'the journal of the same stack in another environment',
      state: whole,
      journal: lines(begun(recordOf([]), { environment: 'prod' } as Partial<JournalEvent>)),
      codes: ['state/journal-other-stack'],
    },
    {
      name: 'a journal of format 1 with changes of another stack',
      state: whole,
      journal: lines(entry(21, { kind: 'intents', wave: 1, intents: [intent('west/note/b' as typeof b, applied(b))] })),
      codes: ['state/journal-other-stack'],
    },
    {
      name: 'a journal of another state, whose numbers fit',
      state: whole,
      journal: lines(
        entry(20, { kind: 'commit-refused', target: 'disk', reason: 'no' }),
        entry(21, { kind: 'run-started', at: '', lineage: 'other', plan: null, by: '', command: '' }),
      ),
      codes: ['state/journal-mismatch'],
    },
    {
      name: 'a broken line with whole ones behind it',
      state: whole,
      journal: lines(intents).replace('intents', 'intent5') + lines(accepted),
      codes: ['state/journal-broken'],
    },
    {
      name: 'a missing entry',
      state: whole,
      journal: lines(intents, { ...accepted, seq: 23 }),
      codes: ['state/journal-gap'],
    },
    {
      name: 'an entry of a kind that nobody knows',
      state: whole,
      journal: printJournalLine({ ...intents, kind: 'teleported' } as unknown as JournalEntry),
      codes: ['state/journal-foreign'],
    },
    {
      name: 'a journal that goes on from a later state',
      state: whole,
      journal: lines({ ...intents, seq: 31 }),
      codes: ['state/journal-mismatch'],
    },
    {
      name: 'a journal that goes on from another state of the same age',
      state: whole,
      journal: lines(entry(21, { kind: 'checkpoint', format: 1, serial: 7, state: digestOf('another') })),
      codes: ['state/journal-mismatch'],
    },
    {
      name: 'a journal of a format that nobody knows',
      state: whole,
      journal: lines(begun(recordOf([]), { format: 3 } as unknown as Partial<JournalEvent>)),
      codes: ['state/journal-foreign'],
    },
  ])('$name', async ({ state, journal, codes }) => {
    const result = await loadStack(await storeWith(state, journal));
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(codes);
  });
});

describe('a journal is carried into the state', () => {
  const load = async (journal: string) => {
    const result = await loadStack(await storeWith(onlyA, journal));
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    const { state, uncertain, notices } = result.loaded;
    return {
      addresses: [...state.resources.keys()],
      uncertain: [...uncertain.keys()],
      uncommitted: state.uncommittedTargets,
      serial: state.serial,
      notices: notices.map(({ code }) => code),
    };
  };
  const onlyA = printState(recordOf([applied(a)])).content.toString('utf8');
  const none = { addresses: [a], uncertain: [], uncommitted: [], serial: 7, notices: [] };
  const started = entry(22, { kind: 'commit-started', target: 'disk', changes: 1 });

  it.each([
    {
      name: 'one that begins as format 1 did',
      journal: lines(
        entry(21, { kind: 'checkpoint', format: 1, serial: 7, state: printState(recordOf([applied(a)])).digest }),
        { ...intents, seq: 22 },
      ),
      expected: { ...none, uncertain: [b], serial: 8 },
    },
    {
      name: 'an intent without outcome is uncertain',
      journal: lines(intents),
      expected: { ...none, uncertain: [b], serial: 8 },
    },
    {
      name: 'an accepted commit makes the intended record the true one',
      journal: lines(intents, accepted),
      expected: { ...none, addresses: [a, b], serial: 9 },
    },
    {
      name: 'a commit without end leaves its target to be loaded again',
      journal: lines(intents, started),
      expected: { ...none, uncertain: [b], uncommitted: ['disk'], serial: 9 },
    },
    {
      name: 'a refused commit, once looked at, leaves nothing',
      journal: lines(
        intents,
        started,
        entry(23, { kind: 'commit-refused', target: 'disk', reason: 'no' }),
        entry(24, { kind: 'resolved', address: b, found: 'former' }),
      ),
      expected: { ...none, serial: 11 },
    },
    {
      name: 'a change found in place is recorded, and its target is to be loaded again',
      journal: lines(intents, entry(22, { kind: 'resolved', address: b, found: 'intended' })),
      expected: { ...none, addresses: [a, b], uncommitted: ['disk'], serial: 9 },
    },
    {
      name: 'a change that was given up before it was begun leaves nothing',
      journal: lines(intents, entry(22, { kind: 'abandoned', addresses: [b] })),
      expected: { ...none, serial: 9 },
    },
    {
      name: 'entries that the state already holds change nothing',
      journal: lines(entry(20, { kind: 'recorded', address: a, applied: null }), intents, accepted),
      expected: { ...none, addresses: [a, b], serial: 9 },
    },
    {
      name: 'a torn last line is told and left out',
      journal: lines(intents) + lines(accepted).slice(0, -20),
      expected: { ...none, uncertain: [b], serial: 8, notices: ['state/journal-torn'] },
    },
    {
      name: 'a last line without its newline is torn',
      journal: lines(intents) + lines(accepted).slice(0, -1),
      expected: { ...none, uncertain: [b], serial: 8, notices: ['state/journal-torn'] },
    },
    {
      name: 'several broken lines at the end are one torn end',
      journal: `${lines(intents)}{"a\n{"b\n\0\0\0`,
      expected: { ...none, uncertain: [b], serial: 8, notices: ['state/journal-torn'] },
    },
    {
      name: 'what a run wrote after it had lost its lock does not count',
      journal: lines(intents, entry(22, { kind: 'recorded', address: a, applied: null }, 2), accepted),
      expected: { ...none, addresses: [a, b], serial: 9, notices: ['state/journal-fenced-out'] },
    },
    {
      name: 'a record moves',
      journal: lines(entry(21, { kind: 'recorded', address: b, formerAddress: a, applied: applied(b) })),
      expected: { ...none, addresses: [b], serial: 8 },
    },
  ])('$name', async ({ journal, expected }) => {
    expect(await load(journal)).toEqual(expected);
  });
});

describe('repair', () => {
  const options = { command: 'state repair', waitMs: 0 };
  const addressesIn = async (store: StackStore) => {
    const result = await loadStack(store);
    return result.ok ? [...result.loaded.state.resources.keys()] : result.diagnostics;
  };

  it('writes nothing where nothing is wrong', async () => {
    const store = await storeWith(whole, lines(begun(recordOf([applied(a), applied(b)]))));
    expect(await repairState(store, options)).toEqual({
      repaired: false,
      steps: ['State and journal are whole: there is nothing to repair.'],
      kept: [],
      resources: 2,
    });
  });

  it('recovers a damaged state from its former generation and both journals', async () => {
    const store = createMemoryBackend().open(key);
    await store.writeState(printState(recordOf([applied(a)])).content);
    await store.rotateJournal(lines(intents, accepted));
    await store.writeState(Buffer.from('rubbish'));
    const c = makeAddress({ stack: 'east', type: 'note', name: 'c' });
    await store.rotateJournal(lines(entry(23, { kind: 'recorded', address: c, applied: applied(c) })));
    const report = await repairState(store, options);
    expect(report.steps).toEqual([
      'The file that should hold the state of stack east in test (memory) holds something else.',
      'Could not use the state.',
      'Took the former generation of the state (serial 7).',
      'Carried 3 entries of the journal into it.',
      'Wrote a state with 3 resources and began a new journal.',
    ]);
    expect(await addressesIn(store)).toEqual([a, b, c]);
  });

  it('passes over a broken line, says which entries are missing, and keeps the rest', async () => {
    const store = await storeWith(
      onlyB(),
      lines(intents).replace('intents', 'intent5') + lines({ ...accepted, seq: 22 }),
    );
    const report = await repairState(store, options);
    expect(report.steps.slice(1)).toEqual([
      'Took the state (serial 7).',
      'Passed over line 1 of a journal, which cannot be read.',
      'Entry 21 of the journal is missing. Objects that they tell of may be unmanaged now, or look drifted: run `opsctl plan` and look at what it lists.',
      'Carried 1 entry of the journal into it.',
      'Wrote a state with 1 resource and began a new journal.',
    ]);
    expect(await addressesIn(store)).toEqual([b]);
  });

  it('leaves out records that cannot be, and says so', async () => {
    const journal = lines(entry(20, { kind: 'commit-refused', target: 'disk', reason: 'no' }));
    const store = await storeWith(
      forged((body) => body.replaceAll('east/note/b', 'east/note/a')),
      journal,
    );
    const report = await repairState(store, options);
    expect(report.steps.slice(1)).toEqual([
      'Took the state (serial 7) without what cannot be.',
      'Left out a second record of east/note/a.',
      'Wrote a state with 1 resource and began a new journal.',
    ]);
    expect(await addressesIn(store)).toEqual([a]);
  });

  it.each([
    {
      name: 'lost',
      journal: null,
      told: 'The state of stack east in test (memory) is there and its journal is not, so nobody can say what happened since the state was written.',
    },
    {
      name: 'without a byte',
      journal: '',
      told: 'The journal of stack east in test (memory) is a file without content, which no stopped run leaves behind. What happened since the state was written is lost with it.',
    },
    {
      name: 'not readable',
      journal: 'rubbish\n',
      told: 'No line of the journal of stack east in test (memory) is as it was written. What happened since the state was written is lost with it.',
    },
  ])('begins a new journal where the former one is $name, and says what may be unknown', async ({ journal, told }) => {
    const store = await storeWith(whole, journal);
    expect((await repairState(store, options)).steps).toEqual([
      told,
      'Took the state (serial 7).',
      'There is no journal of what happened since. Objects that it told of may be unmanaged now, or look drifted: run `opsctl plan` and look at what it lists.',
      'Wrote a state with 2 resources and began a new journal.',
    ]);
    expect(await addressesIn(store)).toEqual([a, b]);
  });

  it.each([
    {
      name: 'the state and journal of another stack',
      state: forged((body) => body.replace('"stack":"east"', '"stack":"west"')),
      journal: lines(entry(1, { kind: 'run-started', at: '', lineage: 'x', plan: null, by: '', command: '' })),
      code: 'state/other-stack',
    },
    {
      name: 'the state and journal of another environment',
      state: forged((body) => body.replace('"environment":"test"', '"environment":"prod"')),
      journal: null,
      code: 'state/other-stack',
    },
    {
      name: 'the journal of another stack beside a damaged state',
      state: 'rubbish',
      journal: lines(begun(recordOf([], { journalSeq: 0 }), { stack: 'west' } as Partial<JournalEvent>)),
      code: 'state/journal-other-stack',
    },
    {
      name: 'a state of a later version, whatever its former generation was',
      state: whole.replace('"version":1', '"version":2'),
      journal: null,
      code: 'state/foreign-version',
    },
    {
      name: 'a journal of a later version',
      state: whole,
      journal: lines(begun(recordOf([]), { format: 3 } as unknown as Partial<JournalEvent>)),
      code: 'state/journal-foreign',
    },
  ])('does not touch what is whole: $name', async ({ state, journal, code }) => {
    const store = await storeWith(whole);
    await store.writeState(Buffer.from(state));
    if (journal !== null) await store.rotateJournal(journal);
    await expect(repairState(store, options)).rejects.toMatchObject({ diagnostic: { code } });
    expect(Buffer.from((await store.readState('latest')) ?? []).toString()).toBe(state);
  });

  it('leaves a former journal of another stack out', async () => {
    const store = await storeWith('rubbish', lines(begun(recordOf([]), { stack: 'west' } as Partial<JournalEvent>)));
    await store.writeState(Buffer.from(whole));
    await store.rotateJournal('rubbish\n');
    expect((await repairState(store, options)).steps).toContain(
      'Left the former journal out: it belongs to stack west in test.',
    );
    expect(await addressesIn(store)).toEqual([a, b]);
  });

  it('gives up where nothing is certain, and changes nothing', async () => {
    const store = await storeWith('rubbish');
    await expect(repairState(store, options)).rejects.toMatchObject({ diagnostic: { code: 'state/not-recoverable' } });
    expect(Buffer.from((await store.readState('latest')) ?? []).toString()).toBe('rubbish');
  });

  function onlyB(): string {
    return printState(recordOf([applied(b)])).content.toString('utf8');
  }
});
