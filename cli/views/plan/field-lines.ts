import type { FieldDescription } from '../../../toolkit/plan/index.ts';
import type { Terminal } from '../../output/view.ts';
import { shorten } from '../shorten.ts';
import { visibleLength, wrapText } from '../wrap-text.ts';
import { type Lines, listedAtMost, moreLine, symbolStyles } from './listing.ts';

/**
 * One field that differs: on one line where both values fit. Of a longer text first the places in which it differs, then
 * both texts in full, because what a rule means stands in the whole of it.
 */
export function fieldLines(field: FieldDescription, terminal: Terminal, indent: string): Lines {
  const { paint, width } = terminal;
  const { before, after } = field;
  const head = `${indent}${paint(symbolStyles[field.symbol], field.symbol)} ${field.label}`;
  const note = noteOf(field, terminal);
  if (field.secret !== null) return secretLines(head, note, secretWords[field.secret](field), terminal, indent);
  if (field.lines.length > 0) return [`${head}${note}`, ...textLines(field, terminal, `${indent}    `)];
  const line = `${head}: ${[before, after].filter((side) => side !== null).join(' -> ')}`;
  if (visibleLength(line) <= width) return [`${line}${note}`];
  const deeper = `${indent}    `;
  if (field.members.length > 0) return [`${head}${note}`, ...memberLines(field, terminal, deeper)];
  return [
    `${head}${note}`,
    ...segmentLines(field, terminal, deeper),
    ...sideLines(before, '-', terminal, deeper),
    ...sideLines(after, '+', terminal, deeper),
  ];
}

const secretWords = {
  'differs-from-applied': () => 'secret differs from what was applied',
  'differs-from-declared': ({ after }: FieldDescription) => `another value than the secret -> ${after}`,
  rotated: ({ after }: FieldDescription) => `${after}, its value changed`,
} as const;

function secretLines(head: string, note: string, words: string, { width }: Terminal, indent: string): Lines {
  const line = `${head}: ${words}`;
  return visibleLength(line) <= width ? [`${line}${note}`] : [`${head}${note}`, `${indent}    ${words}`];
}

/** The part only where the label does not say it already. */
function noteOf({ part, label, isForcing }: FieldDescription, { paint }: Terminal): string {
  const notes = [
    ...(part === null || label.includes(`[${part}]`) ? [] : [`part ${part}`]),
    ...(isForcing ? ['forces the replacement'] : []),
  ];
  return notes.length === 0 ? '' : paint('dim', `  (${notes.join(', ')})`);
}

function textLines({ lines }: FieldDescription, { paint, width, isVerbose }: Terminal, indent: string): Lines {
  const shown = isVerbose ? lines : lines.slice(0, listedAtMost);
  const cut = (text: string) => (isVerbose ? text : shorten(text, width - indent.length - 9));
  return [
    ...shown.map(
      ({ symbol: sign, line, text }) =>
        `${indent}${paint(symbolStyles[sign], sign)} ${String(line).padStart(5)}  ${cut(text)}`,
    ),
    ...moreLine(lines.length - shown.length, indent),
  ];
}

function memberLines({ symbol, members }: FieldDescription, terminal: Terminal, indent: string): Lines {
  const lines = members.flatMap((member) => signedLines(member, symbol, terminal, indent));
  return cutLines(lines, terminal, indent);
}

/** Where a long text has many such places, reading it is quicker than reading them. */
const segmentsAtMost = 4;

/** None for texts that fit on a line each: what differs is seen there. */
function segmentLines({ segments, before, after }: FieldDescription, terminal: Terminal, indent: string): Lines {
  const room = terminal.width - indent.length;
  const said = segments.map(saySegment);
  const areShort = Math.max(before?.length ?? 0, after?.length ?? 0) <= room - 2;
  if (areShort || said.length > segmentsAtMost || said.some((text) => text.length > room)) return [];
  return said.map((text) => indent + terminal.paint('bold', text));
}

function saySegment({ lead, before, after }: FieldDescription['segments'][number]): string {
  const led = lead === '' ? '' : `${lead} `;
  if (before === '') return `added: ${led}${after}`;
  if (after === '') return `removed: ${led}${before}`;
  return `${led}${before} becomes ${led}${after}`;
}

function sideLines(side: string | null, sign: '-' | '+', terminal: Terminal, indent: string): Lines {
  return side === null ? [] : cutLines(signedLines(side, sign, terminal, indent), terminal, indent);
}

/** The sign once: a second one would be a second thing. */
function signedLines(
  text: string,
  sign: FieldDescription['symbol'],
  { paint, width }: Terminal,
  indent: string,
): Lines {
  const [first = '', ...rest] = wrapText(text, width, `${indent}  `, `${indent}    `);
  return [`${indent}${paint(symbolStyles[sign], sign)} ${first.trimStart()}`, ...rest];
}

function cutLines(lines: Lines, { isVerbose }: Terminal, indent: string): Lines {
  const shown = isVerbose ? lines : lines.slice(0, listedAtMost);
  return [...shown, ...moreLine(lines.length - shown.length, indent)];
}
