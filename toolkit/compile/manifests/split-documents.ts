/**
 * The documents of a YAML file, each with empty lines in the place of the others, so that its positions are those of the file.
 * A line that begins with `---` or `...` ends a document wherever it stands, also within a text of several lines. Documents in
 * which nothing but comments stands are left out.
 */
export function splitDocuments(text: string): readonly string[] {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const documents: string[] = [];
  let begin = 0;
  for (let line = 0; line <= lines.length; line += 1) {
    if (line < lines.length && !/^(?:---|\.\.\.)(?:\s|$)/.test(lines[line] ?? '')) continue;
    const own = lines.slice(begin, line);
    if (own.some((one) => !/^\s*(?:#.*|%.*)?$/.test(one))) documents.push(`${'\n'.repeat(begin)}${own.join('\n')}`);
    begin = line + 1;
  }
  return documents;
}
