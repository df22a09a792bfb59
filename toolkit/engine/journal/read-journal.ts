import type { JournalEntry } from './journal-entry.ts';
import { parseJournalLine } from './journal-line.ts';

/** What a journal file holds. */
export interface JournalContent {
  readonly entries: readonly JournalEntry[];
  /** Bytes up to the end of the last whole line; what stands behind was cut off by a kill or a power cut. */
  readonly length: number;
  readonly torn: boolean;
  /** Bytes of the file; null when there is none. */
  readonly size: number | null;
  readonly fault: JournalFault | null;
  /** Lines of a writer that had lost its lock. They do not count, but what they tell of may have been done. */
  readonly fencedOut: number;
}

/** Why a journal cannot be trusted from some line on. */
export type JournalFault =
  | { readonly kind: 'broken-line'; readonly line: number }
  | { readonly kind: 'gap'; readonly line: number; readonly expected: number; readonly found: number }
  | { readonly kind: 'foreign'; readonly line: number; readonly what: string };

/**
 * Reads a journal. A broken end is what a crash leaves: whatever was to follow a line waited for that line to be on disk,
 * so nothing was done that an intact line does not announce. A broken line with intact ones behind it is damage.
 */
export function readJournal(content: Uint8Array | null): JournalContent {
  const entries: JournalEntry[] = [];
  let length = 0;
  let brokenLine: number | null = null;
  let fault: JournalFault | null = null;
  let fence = 0;
  let fencedOut = 0;
  for (const { text, number, end } of linesOf(content)) {
    const parsed = parseJournalLine(text);
    if (parsed.kind === 'broken') {
      brokenLine ??= number;
      continue;
    }
    if (brokenLine !== null) fault ??= { kind: 'broken-line', line: brokenLine };
    length = end;
    if (parsed.kind === 'foreign') {
      fault ??= { kind: 'foreign', line: number, what: parsed.what };
      continue;
    }
    const { entry } = parsed;
    if (entry.fence < fence) {
      fencedOut += 1;
      continue;
    }
    fence = entry.fence;
    const expected = (entries.at(-1)?.seq ?? entry.seq - 1) + 1;
    if (entry.seq !== expected) fault ??= { kind: 'gap', line: number, expected, found: entry.seq };
    entries.push(entry);
  }
  const size = content?.length ?? null;
  return { entries, length, torn: length < (size ?? 0), size, fault, fencedOut };
}

interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Offset behind its newline. */
  readonly end: number;
}

// A last line without its newline is torn even if its checksum is right: the next append would grow onto it.
function* linesOf(content: Uint8Array | null): Iterable<Line> {
  if (content === null) return;
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  let start = 0;
  for (let number = 1; start < bytes.length; number += 1) {
    const newline = bytes.indexOf(0x0a, start);
    if (newline < 0) return;
    yield { text: bytes.toString('utf8', start, newline), number, end: newline + 1 };
    start = newline + 1;
  }
}
