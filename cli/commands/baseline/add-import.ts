/** The text with a name imported from a module, in the import that is there or in a new one. */
export function addImport(text: string, name: string, from: string): string {
  const quoted = from.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const present = new RegExp(`^import \\{([^}]*)\\} from '${quoted}';$`, 'm').exec(text);
  if (present === null) return addLine(text, `import { ${name} } from '${from}';`);
  const names = (present[1] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (names.some((one) => one === name || one.endsWith(` as ${name}`))) return text;
  const sorted = [...names, name].sort((left, right) => bare(left).localeCompare(bare(right), 'en'));
  return text.replace(present[0], `import { ${sorted.join(', ')} } from '${from}';`);
}

function bare(name: string): string {
  return name.replace(/^type /, '');
}

/** Behind the last import, or at the start where there is none. */
function addLine(text: string, line: string): string {
  const last = [...text.matchAll(/^import [^;]*;$/gm)].at(-1);
  if (last === undefined) return `${line}\n\n${text}`;
  const end = last.index + last[0].length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
}
