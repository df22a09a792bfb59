/**
 * Puts templates into the texts that call them: `{{ template "subject" . }}` of an e-mail alone means nothing where no
 * file of templates is loaded. A text may define templates itself, and what stands between definitions would be printed,
 * so only the definitions are taken, those that are called, with nothing between them.
 */
export function templateInliner(files: readonly string[]): (text: string) => string {
  const known = new Map(files.flatMap(definitionsIn).map((definition) => [definition.name, definition]));
  return (text) => {
    const needed = new Set<string>();
    const waiting = [...calledIn(text)];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const definition = known.get(name);
      if (definition === undefined || needed.has(name)) continue;
      needed.add(name);
      waiting.push(...calledIn(definition.text));
    }
    return [...known.values()]
      .filter(({ name }) => needed.has(name))
      .map((definition) => definition.text)
      .concat(text)
      .join('');
  };
}

interface Definition {
  readonly name: string;
  /** With its `{{ define }}` and `{{ end }}`. */
  readonly text: string;
}

/** A string in an action may hold its end. */
const action = /\{\{-?\s*(\w*)((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|(?!\}\})[\s\S])*?)\s*-?\}\}/g;
const opening = new Set(['if', 'range', 'with', 'block', 'define']);

function definitionsIn(file: string): readonly Definition[] {
  const definitions: Definition[] = [];
  let depth = 0;
  let begun: { readonly name: string; readonly at: number } | null = null;
  for (const match of file.matchAll(action)) {
    const [whole, keyword = '', rest = ''] = match;
    if (keyword === 'define' && depth === 0) begun = { name: quotedIn(rest), at: match.index };
    if (opening.has(keyword)) depth += 1;
    if (keyword !== 'end') continue;
    depth -= 1;
    if (depth > 0 || begun === null) continue;
    definitions.push({ name: begun.name, text: file.slice(begun.at, match.index + whole.length) });
    begun = null;
  }
  return definitions;
}

function calledIn(text: string): readonly string[] {
  return [...text.matchAll(action)].flatMap(([, keyword, rest = '']) =>
    keyword === 'template' ? [quotedIn(rest)] : [],
  );
}

function quotedIn(text: string): string {
  return /["`]([^"`]*)["`]/.exec(text)?.[1] ?? '';
}
