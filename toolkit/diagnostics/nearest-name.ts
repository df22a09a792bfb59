/** The known name that is most like the one given, or null where none is alike: for "did you mean". */
export function nearestName(name: string, names: Iterable<string>): string | null {
  const known = [...names];
  // In four letters two changes would find anything.
  const limit = name.length < 5 ? 1 : Math.max(2, Math.floor(name.length / 3));
  const wanted = name.toLowerCase();
  let [best, bestDistance] = [null as string | null, limit + 1];
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return bestDistance < 2 ? best : (abbreviated(wanted, known) ?? best);
}

/** The one name that was not written to its end; null where several begin so. */
function abbreviated(wanted: string, known: readonly string[]): string | null {
  const [only, ...others] = wanted.length < 4 ? [] : known.filter((name) => name.toLowerCase().startsWith(wanted));
  return only === undefined || others.length > 0 ? null : only;
}

/** Letters to insert, drop or replace, or to exchange with their neighbour, row by row; gives up at `limit`. */
function editDistance(left: string, right: string, limit: number): number {
  let twoAbove: readonly number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + Number(left[row - 1] !== right[column - 1]);
      const isExchanged = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const exchanged = row > 1 && column > 1 && isExchanged ? (twoAbove[column - 2] ?? 0) + 1 : limit;
      current.push(Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, replaced, exchanged));
    }
    // An exchange of neighbours skips a row, so one row beyond the limit does not end it yet.
    if (Math.min(...current, ...above) >= limit) return limit;
    [twoAbove, above] = [above, current];
  }
  return above.at(-1) ?? 0;
}
