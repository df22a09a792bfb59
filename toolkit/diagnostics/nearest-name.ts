/** The known name that is most like the one given, or null where none is alike: for "did you mean". */
export function nearestName(name: string, known: Iterable<string>): string | null {
  // Two exchanged letters are two changes; in three letters that would find anything.
  const limit = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3));
  const wanted = name.toLowerCase();
  let [best, bestDistance] = [null as string | null, limit + 1];
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Letters to insert, drop or exchange (Levenshtein), row by row; gives up at `limit`. */
function editDistance(left: string, right: string, limit: number): number {
  let above = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const exchange = (above[column - 1] ?? 0) + Number(left[row - 1] !== right[column - 1]);
      current.push(Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, exchange));
    }
    if (Math.min(...current) >= limit) return limit;
    above = current;
  }
  return above.at(-1) ?? 0;
}
