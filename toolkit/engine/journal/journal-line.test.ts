import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JournalEntry } from './journal-entry.ts';
import { parseJournalLine, printJournalLine } from './journal-line.ts';
import { readJournal } from './read-journal.ts';

const arbitraryEntries = fc
  .array(fc.record({ reason: fc.string({ unit: 'binary' }), target: fc.string() }), { minLength: 1, maxLength: 8 })
  .map((events) =>
    events.map(
      (event, index): JournalEntry => ({ kind: 'commit-refused', seq: index + 5, run: 'run', fence: 1, ...event }),
    ),
  );

it('a line says what was printed, whatever it holds', () => {
  fc.assert(
    fc.property(arbitraryEntries, ([entry]) => {
      const line = printJournalLine(entry!);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(parseJournalLine(line.slice(0, -1))).toEqual({ kind: 'entry', entry });
    }),
  );
});

it('a changed byte is never taken for what was written', () => {
  fc.assert(
    fc.property(arbitraryEntries, fc.nat(), fc.integer({ min: 1, max: 255 }), (entries, place, change) => {
      const bytes = Buffer.from(entries.map(printJournalLine).join(''));
      bytes[place % bytes.length]! ^= change;
      const { entries: read, fault, torn } = readJournal(bytes);
      expect(fault !== null || torn || read.length < entries.length).toBe(true);
      for (const entry of read) expect(entries).toContainEqual(entry);
    }),
  );
});

it('a journal cut at any byte is its whole lines and a torn end', () => {
  fc.assert(
    fc.property(arbitraryEntries, fc.nat(), (entries, cut) => {
      const lines = entries.map(printJournalLine);
      const bytes = Buffer.from(lines.join(''));
      const length = cut % (bytes.length + 1);
      const content = readJournal(bytes.subarray(0, length));
      const whole = lines
        .map((_, index) => Buffer.byteLength(lines.slice(0, index + 1).join('')))
        .filter((end) => end <= length);
      expect(content).toEqual({
        entries: entries.slice(0, whole.length),
        length: whole.at(-1) ?? 0,
        torn: (whole.at(-1) ?? 0) < length,
        size: length,
        fault: null,
        fencedOut: 0,
      });
    }),
  );
});

it.each([
  { name: 'no JSON', body: '{"kind":"staged","seq":1,"fence":1,' },
  { name: 'no number', body: '{"kind":"staged","seq":"1","fence":1' },
  { name: 'a number that nothing can follow', body: '{"kind":"staged","seq":1,"fence":9007199254740991' },
  { name: 'a number beyond counting', body: '{"kind":"staged","seq":1,"fence":1e300' },
])('a line whose checksum is right and that has $name is broken', ({ body }) => {
  const sum = crc32(body).toString(16).padStart(8, '0');
  expect(parseJournalLine(`${body},"sum":"${sum}"}`)).toEqual({ kind: 'broken' });
});
