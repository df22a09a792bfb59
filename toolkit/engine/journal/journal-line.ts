import { crc32 } from 'node:zlib';
import { type JournalEntry, journalKinds } from './journal-entry.ts';

/** One line of the journal: JSON whose last field is a checksum over all that stands before it. */
export function printJournalLine(entry: JournalEntry): string {
  const body = JSON.stringify(entry).slice(0, -1);
  return `${body}${sumField}${checksum(body)}"}\n`;
}

export type ParsedLine =
  | { readonly kind: 'entry'; readonly entry: JournalEntry }
  /** Cut off, or not as it was written. */
  | { readonly kind: 'broken' }
  /** Whole, but of a format that this program does not know. */
  | { readonly kind: 'foreign'; readonly what: string };

/** `line` comes without its newline. */
export function parseJournalLine(line: string): ParsedLine {
  const body = line.slice(0, -tailLength);
  if (line.slice(-tailLength) !== `${sumField}${checksum(body)}"}`) return { kind: 'broken' };
  // The checksum says that the line is as an opsctl wrote it, so its shape needs no second proof: only what a replay
  // counts with, and its kind.
  const entry = parseJson(line);
  if (entry === null || !isCount(entry.seq) || !isCount(entry.fence)) return { kind: 'broken' };
  if (!Object.hasOwn(journalKinds, entry.kind)) return { kind: 'foreign', what: `entries of kind "${entry.kind}"` };
  if (entry.kind === 'checkpoint' && !formats.includes(entry.format))
    return { kind: 'foreign', what: `format ${String(entry.format)}` };
  const { sum: _, ...plain } = entry;
  return { kind: 'entry', entry: plain };
}

const formats: readonly number[] = [1, 2];

function parseJson(line: string): (JournalEntry & { readonly sum?: string }) | null {
  try {
    return JSON.parse(line) as JournalEntry & { readonly sum?: string };
  } catch {
    return null;
  }
}

// Far above any count, and far enough below what nothing can be counted on from.
function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 50;
}

const sumField = ',"sum":"';
const tailLength = sumField.length + 8 + '"}'.length;

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}
