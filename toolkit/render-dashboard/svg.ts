/** Fonts that know Chinese stand behind the first, so that one picture reads well on any machine. */
export const fontFamily =
  "Inter, 'Segoe UI', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'WenQuanYi Micro Hei', Arial, sans-serif";

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Labels and titles are data: none of them may become markup. */
export function escapeText(text: string): string {
  return knownToXml(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** XML has no place for most control characters, however they are written. */
export function knownToXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

export function element(name: string, attributes: Attributes, inside = ''): string {
  const printed = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeText(String(value))}"`);
  return inside === '' ? `<${name}${printed.join('')}/>` : `<${name}${printed.join('')}>${inside}</${name}>`;
}

export interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: number;
  /** Cut off with an ellipsis beyond it; the whole text is then in the tooltip. */
  readonly width?: number;
}

/** One line of text on its base line. */
export function text(x: number, y: number, content: string, style: TextStyle): string {
  const { size, fill, anchor = 'start', weight, width } = style;
  const shown = width === undefined ? content : shorten(content, size, width);
  const tooltip = shown === content ? '' : `<title>${escapeText(content)}</title>`;
  return element(
    'text',
    { x, y, 'font-size': size, fill, 'text-anchor': anchor === 'start' ? undefined : anchor, 'font-weight': weight },
    `${escapeText(shown)}${tooltip}`,
  );
}

export function rectangle(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  more: Attributes = {},
): string {
  return element('rect', { x, y, width: Math.max(0, width), height: Math.max(0, height), fill, ...more });
}

/** About how wide a text is. Chinese characters are as wide as high; others are taken as a good half. */
export function widthOf(content: string, size: number): number {
  let width = 0;
  for (const character of content) width += characterWidth(character);
  return width * size;
}

function characterWidth(character: string): number {
  if (
    /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
      character,
    )
  )
    return 1;
  if (/[iljtfI.,:;'|![\]() ]/.test(character)) return 0.32;
  return /[A-Z@%mwMW]/.test(character) ? 0.72 : 0.57;
}

export function shorten(content: string, size: number, width: number): string {
  if (widthOf(content, size) <= width) return content;
  let shown = '';
  let used = size * 0.8;
  for (const character of content) {
    used += characterWidth(character) * size;
    if (used > width) break;
    shown += character;
  }
  return `${shown.trimEnd()}…`;
}

/** Lines no wider than the width; words stay whole where there are blanks to break at. */
export function wrap(content: string, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of content.split(/(?<=\s)|(?<=[\u2e80-\u9fff\uff00-\uffef])/u)) {
    if (line !== '' && widthOf(line + part.trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
