import type { SourceEdit, UnplacedDrift } from './source-edit.ts';

export interface SourcePatch {
  /** For `git apply` and `patch -p1`; empty when nothing could be placed. */
  readonly text: string;
  readonly unplaced: readonly UnplacedDrift[];
}

/** Writes edits as a unified diff. An edit whose file does not hold the value where it should is left out and told. */
export function printSourcePatch(edits: readonly SourceEdit[], textOf: (file: string) => string | null): SourcePatch {
  const unplaced: UnplacedDrift[] = [];
  const diffs = [...Map.groupBy(edits, ({ at }) => at.file)].sort(byName).map(([file, inFile]) => {
    const text = textOf(file);
    const lines = (text ?? '').split('\n');
    const changed = [...lines];
    // From the end of a line to its start, so that a change leaves the columns before it as they are.
    for (const edit of [...inFile].sort((left, right) => right.at.column - left.at.column)) {
      const line = changeLine(changed[edit.at.line - 1] ?? '', edit);
      const objection = text === null ? notThere : objectionTo(line);
      if (objection === null) changed[edit.at.line - 1] = line ?? '';
      else
        unplaced.push({
          address: edit.address,
          pointer: edit.pointer,
          reason: `${file}:${edit.at.line} ${objection}`,
        });
    }
    return unifiedDiff(file, lines, changed);
  });
  return { text: diffs.join(''), unplaced };
}

const notThere = 'does not hold its value';

function objectionTo(line: string | null): string | null {
  if (line === null) return notThere;
  return /[\r\n]/.test(line.replace(/\r$/, '')) ? 'cannot take a value of several lines' : null;
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

/** The line with the value replaced in the way it is written there; null when it is not there. */
function changeLine(line: string, { at, before, after }: SourceEdit): string | null {
  const head = line.slice(0, at.column - 1);
  const rest = line.slice(at.column - 1);
  const spelling = spellingsOf(String(before)).find(({ text }) => rest.startsWith(text));
  if (spelling === undefined) return null;
  return `${head}${spelling.write(String(after), at.file)}${rest.slice(spelling.text.length)}`;
}

interface Spelling {
  readonly text: string;
  readonly write: (value: string, file: string) => string;
}

function spellingsOf(value: string): readonly Spelling[] {
  return [
    { text: JSON.stringify(value), write: (changed) => JSON.stringify(changed) },
    { text: csvQuoted(value), write: csvQuoted },
    { text: `'${value.replaceAll("'", "''")}'`, write: (changed) => `'${changed.replaceAll("'", "''")}'` },
    { text: value, write: plain },
  ];
}

/** Without quotes, unless the new value would not be read as what it is. */
function plain(value: string, file: string): string {
  if (file.endsWith('.csv')) return /[",\n\r]/.test(value) ? csvQuoted(value) : value;
  return /^[\w./\u0080-\uffff][\w./@%+ \u0080-\uffff:-]*$/.test(value) && !/: |\s$|:$/.test(value)
    ? value
    : JSON.stringify(value);
}

function csvQuoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

const contextLines = 3;

/** Only lines are exchanged, so both sides have as many. */
function unifiedDiff(file: string, before: readonly string[], after: readonly string[]): string {
  const changed = before.flatMap((line, index) => (line === after[index] ? [] : [index]));
  if (changed.length === 0) return '';
  const hunks = joinNear(changed).map(([first, last]) => printHunk(before, after, first, last));
  return `--- a/${file}\n+++ b/${file}\n${hunks.join('')}`;
}

/** Changed lines whose contexts touch share a hunk. */
function joinNear(changed: readonly number[]): readonly (readonly [number, number])[] {
  const hunks: [number, number][] = [];
  for (const index of changed) {
    const last = hunks.at(-1);
    if (last !== undefined && index - last[1] <= 2 * contextLines) last[1] = index;
    else hunks.push([index, index]);
  }
  return hunks;
}

function printHunk(before: readonly string[], after: readonly string[], first: number, last: number): string {
  // What stands behind the last line break is no line.
  const end = before.at(-1) === '' ? before.length - 1 : before.length;
  const from = Math.max(0, first - contextLines);
  const to = Math.min(end, last + contextLines + 1);
  const lines: string[] = [];
  for (let index = from; index < to; index += 1) {
    const [old = '', next = ''] = [before[index], after[index]];
    const marker = index === before.length - 1 ? '\n\\ No newline at end of file' : '';
    lines.push(...(old === next ? [` ${old}${marker}`] : [`-${old}${marker}`, `+${next}${marker}`]));
  }
  return `@@ -${from + 1},${to - from} +${from + 1},${to - from} @@\n${lines.join('\n')}\n`;
}
