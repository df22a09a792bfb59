/** Which of the paths a message speaks of: `rules/a.yaml` is named in "rules/a.yaml: 3:5: ...", not in "rules/aa.yaml". */
export function pathsNamedIn(message: string, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    for (let at = message.indexOf(path); at >= 0; at = message.indexOf(path, at + 1)) {
      if (!isPartOfName(message[at - 1]) && !isPartOfName(message[at + path.length], message[at + path.length + 1])) {
        return true;
      }
    }
    return false;
  });
}

const nameCharacter = /[\p{L}\p{N}_/-]/u;

/** A full stop ends a sentence unless a name goes on behind it. */
function isPartOfName(character = ' ', next = ' '): boolean {
  return nameCharacter.test(character) || (character === '.' && nameCharacter.test(next));
}
