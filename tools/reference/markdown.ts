/** The first lines of a page that nobody edits by hand. */
export function pageHead(title: string, source: string): string {
  return `<!-- Made by \`npm run generate\` from ${source}. Do not edit. -->\n\n# ${title}\n`;
}

/** A table of GitHub's Markdown; cells are Markdown themselves, on one line. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.map(inCell).join(' | ')} |`);
  return lines.join('\n');
}

/** Text between backquotes, with as many of them as the text needs. */
export function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

export function codeBlock(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** Sections with one empty line between them, and one line feed at the end of the page. */
export function page(sections: readonly string[]): string {
  return `${sections
    .map((section) => section.trim())
    .filter((section) => section !== '')
    .join('\n\n')}\n`;
}

/** The anchor that GitHub gives a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** Text of the program as Markdown: outside backquotes, `<name>` would be taken for HTML and vanish. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((piece) => (piece.startsWith('`') ? piece : piece.replaceAll('<', '\\<')))
    .join('');
}

/** A bar ends a cell even between backquotes, and a line feed ends the table. */
function inCell(text: string): string {
  return prose(text)
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');
}
