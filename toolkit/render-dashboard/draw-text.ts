import { textOf } from '../languages/grafana/index.ts';
import type { PanelDrawing } from './draw-panel.ts';
import { text, widthOf, wrap } from './svg.ts';

/** Markdown and HTML as plain lines: headings large, lists with their dots. Nothing in them is carried out. */
export function drawText(drawing: PanelDrawing): string {
  const { panel, place, theme } = drawing;
  const content = textOf(panel.options.content).slice(0, 20_000);
  if (panel.options.mode === 'html') return drawHtml(content, drawing);
  let y = place.y + 4;
  const drawn: string[] = [];
  for (const source of content.split('\n')) {
    const { size, weight, indent, words } = styleOf(source);
    for (const line of wrap(words, size, place.width - 24 - indent)) {
      y += size * 1.45;
      if (y > place.y + place.height) return drawn.join('');
      drawn.push(text(place.x + 12 + indent, y, line, { size, fill: theme.text, weight }));
    }
    if (words === '') y += 6;
  }
  return drawn.join('');
}

interface LineStyle {
  readonly size: number;
  readonly weight: number;
  readonly indent: number;
  readonly words: string;
}

function styleOf(source: string): LineStyle {
  const [, marks = '', heading] = /^(#{1,6})\s+(.*)$/.exec(source) ?? [];
  if (heading !== undefined)
    return { size: Math.max(13, 24 - marks.length * 3), weight: 600, indent: 0, words: plain(heading) };
  const [, point] = /^\s*[-*+]\s+(.*)$/.exec(source) ?? [];
  if (point !== undefined) return { size: 13, weight: 400, indent: 8, words: `• ${plain(point)}` };
  return { size: 13, weight: 400, indent: 0, words: plain(source).trim() };
}

/** Without marks for emphasis, with the text of links, and with what a backslash keeps. */
function plain(markdown: string): string {
  const kept: string[] = [];
  const open = markdown.replaceAll(/\\([\\`*_{}[\]<>#|!().+-])/g, (_, character: string) => {
    kept.push(character);
    return `\ue000${kept.length - 1}\ue000`;
  });
  const bare = open
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\*\*|__|`/g, '')
    .replaceAll(/(^|\s)[*_](\S)/g, '$1$2');
  return bare.replaceAll(/\ue000(\d+)\ue000/g, (_, index: string) => kept[Number(index)] ?? '');
}

/** One line of pieces in their sizes, in the middle: what titles of big screens are made of. */
function drawHtml(content: string, { place, theme }: PanelDrawing): string {
  const pieces = [...content.matchAll(/(?:<[^>]*font-size:\s*(\d+)px[^>]*>|<[^>]*>)?([^<]*)/g)]
    .map(([, size, words = '']) => ({ size: Math.min(96, Number(size ?? 14)), words: decode(words).trim() }))
    .filter(({ words }) => words !== '');
  const gap = 24;
  const width = pieces.reduce((sum, { size, words }) => sum + widthOf(words, size) + gap, -gap);
  const shrunk = Math.min(1, (place.width - 24) / Math.max(1, width));
  const base = place.y + place.height / 2 + Math.max(0, ...pieces.map(({ size }) => size * shrunk)) * 0.35;
  let x = place.x + Math.max(12, (place.width - width * shrunk) / 2);
  return pieces
    .map(({ size, words }) => {
      const drawn = text(x, base, words, {
        size: size * shrunk,
        fill: size >= 30 ? theme.text : theme.faint,
        weight: size >= 30 ? 600 : 400,
      });
      x += (widthOf(words, size) + gap) * shrunk;
      return drawn;
    })
    .join('');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

function decode(html: string): string {
  return html.replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '');
}
