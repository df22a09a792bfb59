import { alignLists } from './align-lists.ts';

/** One line of a text that differs, with its number on its own side. */
export interface LineChange {
  readonly symbol: '+' | '-';
  readonly line: number;
  readonly text: string;
}

/** The lines in which two texts differ, removals before additions at each place. */
export function diffLines(before: string, after: string): readonly LineChange[] {
  const pairs = alignLists(before.split('\n'), after.split('\n'));
  const changes: LineChange[] = [];
  let added: LineChange[] = [];
  for (const pair of pairs) {
    if (pair.before !== null && pair.after !== null && pair.before.value === pair.after.value) {
      changes.push(...added);
      added = [];
      continue;
    }
    if (pair.before !== null)
      changes.push({ symbol: '-', line: pair.before.index + 1, text: String(pair.before.value) });
    if (pair.after !== null) added.push({ symbol: '+', line: pair.after.index + 1, text: String(pair.after.value) });
  }
  return [...changes, ...added];
}
