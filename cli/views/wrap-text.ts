import { stripVTControlCharacters } from 'node:util';

/** Lines no wider than `width`, broken at spaces; a single word that is wider stays whole, so that it can be copied. */
export function wrapText(text: string, width: number, indent: string, laterIndent = indent): readonly string[] {
  const room = Math.max(20, width - Math.max(indent.length, laterIndent.length));
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && visibleLength(line) + 1 + visibleLength(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, index) => (index === 0 ? indent : laterIndent) + one);
}

/** Columns that a text takes: a Chinese character takes two, a colour none. */
export function visibleLength(text: string): number {
  return stripVTControlCharacters(text).replaceAll(/[\p{Script=Han}\u3000-\u303f\uff01-\uff60]/gu, 'xx').length;
}
