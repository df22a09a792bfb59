import { diffLines, type LineChange } from '../../../toolkit/plan/line-diff.ts';

const contextLines = 3;

/** A diff of two texts that `git apply` and `patch -p1` take; empty where they are equal. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const changes = diffLines(before, after);
  if (changes.length === 0) return '';
  const [old, next] = [linesOf(before), linesOf(after)];
  const removed = new Set(changes.filter(({ symbol }) => symbol === '-').map(({ line }) => line));
  const added = new Set(changes.filter(({ symbol }) => symbol === '+').map(({ line }) => line));
  const hunks = joinNear(editScript(old, next, removed, added)).map(printHunk);
  return `--- a/${file}\n+++ b/${file}\n${hunks.join('')}`;
}

/** What stands behind the last line break is no line. */
function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}

interface EditLine {
  readonly mark: ' ' | LineChange['symbol'];
  readonly text: string;
  /** Number on either side of the line, or of what comes next there. */
  readonly before: number;
  readonly after: number;
}

function editScript(
  old: readonly string[],
  next: readonly string[],
  removed: ReadonlySet<number>,
  added: ReadonlySet<number>,
): readonly EditLine[] {
  const script: EditLine[] = [];
  let [before, after] = [1, 1];
  while (before <= old.length || after <= next.length) {
    const place = { before, after };
    if (removed.has(before)) {
      script.push({ mark: '-', text: old[before - 1] ?? '', ...place });
      before += 1;
    } else if (added.has(after)) {
      script.push({ mark: '+', text: next[after - 1] ?? '', ...place });
      after += 1;
    } else {
      script.push({ mark: ' ', text: old[before - 1] ?? '', ...place });
      before += 1;
      after += 1;
    }
  }
  return script;
}

/** Changed lines whose contexts touch share a hunk. */
function joinNear(script: readonly EditLine[]): readonly (readonly EditLine[])[] {
  const hunks: [number, number][] = [];
  for (const [index, { mark }] of script.entries()) {
    if (mark === ' ') continue;
    const [from, to] = [Math.max(0, index - contextLines), Math.min(script.length, index + contextLines + 1)];
    const last = hunks.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  }
  return hunks.map(([from, to]) => script.slice(from, to));
}

function printHunk(lines: readonly EditLine[]): string {
  const [first] = lines;
  const count = (mark: EditLine['mark']) => lines.filter((line) => line.mark === mark || line.mark === ' ').length;
  const head = `@@ -${first?.before ?? 1},${count('-')} +${first?.after ?? 1},${count('+')} @@\n`;
  return head + lines.map(({ mark, text }) => `${mark}${text}\n`).join('');
}
