/** The known words that are most like the one given; none where nothing is alike. For "did you mean". */
export function nearest(word: string, known: readonly string[], count = 3): readonly string[] {
  const limit = Math.max(2, Math.floor(word.length / 3));
  const judged = known.map((candidate) => ({ candidate, distance: distanceTo(word, candidate, limit) }));
  const alike = judged.filter(({ distance }) => distance <= limit);
  return alike
    .sort((left, right) => left.distance - right.distance || (left.candidate < right.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** What holds the word is near, however much stands around it: `HostDown` in `plant/prometheus-rules/host#HostDown`. */
function distanceTo(word: string, candidate: string, limit: number): number {
  if (candidate.toLowerCase().includes(word.toLowerCase())) return 0;
  if (Math.abs(candidate.length - word.length) > limit) return Number.POSITIVE_INFINITY;
  return editDistance(word.toLowerCase(), candidate.toLowerCase());
}

/** Levenshtein's, row by row: letters to insert, drop or exchange. */
function editDistance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const exchange = (above[column - 1] ?? 0) + Number(left[row - 1] !== right[column - 1]);
      current.push(Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, exchange));
    }
    above = current;
  }
  return above.at(-1) ?? 0;
}
