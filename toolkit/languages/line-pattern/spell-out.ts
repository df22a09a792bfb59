const classes: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_', s: '\\t\\n\\f\\r ' };

/**
 * The same pattern with classes written out and `.` as what is no line feed. `\d` is any digit of Unicode to Rust, `\s`
 * is more to JavaScript than to RE2, and so is what `.` leaves out.
 */
export function spellOut(pattern: string): string {
  let isClass = false;
  let spelt = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? '';
    if (character === '\\') {
      at += 1;
      spelt += escaped(pattern[at] ?? '', isClass);
      continue;
    }
    if (isClass) isClass = character !== ']';
    else if (character === '[') {
      const opening = /^\[\^?\]?/.exec(pattern.slice(at))?.[0] ?? '[';
      spelt += opening.endsWith(']') ? `${opening.slice(0, -1)}\\]` : opening;
      at += opening.length - 1;
      isClass = true;
      continue;
    }
    spelt += character === '.' && !isClass ? '[^\\n]' : character;
  }
  return spelt;
}

function escaped(letter: string, isClass: boolean): string {
  const small = classes[letter];
  if (small !== undefined) return isClass ? small : `[${small}]`;
  const large = classes[letter.toLowerCase()];
  if (large !== undefined) return `[^${large}]`;
  // A slash needs no escape anywhere but between the slashes of mtail, which puts its own.
  return letter === '/' || letter === '"' ? letter : `\\${letter}`;
}
