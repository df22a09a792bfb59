/** A unified diff without context of two texts with the same number of lines: edits stay within their lines. */
export function lineDiff(path: string, before: string, after: string): string {
  const [former, latter] = [before.split('\n'), after.split('\n')];
  const hunks = former.flatMap((line, index) => {
    const changed = latter[index] ?? '';
    return line === changed ? [] : [`@@ -${index + 1} +${index + 1} @@\n-${line}\n+${changed}\n`];
  });
  return hunks.length === 0 ? '' : `--- ${path}\n+++ ${path}\n${hunks.join('')}`;
}
