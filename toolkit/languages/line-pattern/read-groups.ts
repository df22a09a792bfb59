/** A named group, and what is between its parentheses. */
export interface PatternGroup {
  readonly name: string;
  readonly body: string;
}

/** Named groups of a valid pattern, in the order in which they begin. */
export function readGroups(pattern: string): readonly PatternGroup[] {
  const groups: { readonly name: string; readonly from: number; body: string }[] = [];
  const open: (number | null)[] = [];
  let isClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === '\\') at += 1;
    else if (isClass) isClass = character !== ']';
    else if (character === '[') {
      isClass = true;
      // A bracket right behind the opening one is a plain character.
      const first = pattern[at + 1] === '^' ? at + 2 : at + 1;
      if (pattern[first] === ']') at = first;
    } else if (character === '(') {
      const name = /^\(\?P<(\w+)>/.exec(pattern.slice(at));
      if (name !== null) groups.push({ name: name[1] ?? '', from: at + name[0].length, body: '' });
      open.push(name === null ? null : groups.length - 1);
    } else if (character === ')') {
      const group = groups[open.pop() ?? -1];
      if (group !== undefined) group.body = pattern.slice(group.from, at);
    }
  }
  return groups.map(({ name, body }) => ({ name, body }));
}

/** All texts that a group accepts, where those are a few plain ones: `GET|POST`. */
export function literalsOf({ body }: PatternGroup): readonly string[] | null {
  return /^[\w/-]+(?:\|[\w/-]+)*$/.test(body) ? body.split('|') : null;
}

/** How many texts a group of digits accepts at most, `\d{3}` being a thousand; null for any other group. */
export function countOf({ body }: PatternGroup): number | null {
  const pieces = [...body.matchAll(/(\\d|\[([0-9])-([0-9])\]|[0-9])(?:\{(?:\d,)?([1-3])\})?/g)];
  if (pieces.map(([piece]) => piece).join('') !== body || pieces.length === 0) return null;
  return pieces.reduce(
    (count, [, piece = '', from, to, times]) => count * choices(piece, from, to) ** Number(times ?? 1),
    1,
  );
}

function choices(piece: string, from: string | undefined, to: string | undefined): number {
  if (piece === '\\d') return 10;
  return from === undefined ? 1 : Number(to) - Number(from) + 1;
}
