import { counted, groupThousands } from '../../../toolkit/diagnostics/index.ts';
import type { ChangeDescription, GroupDescription, StackDescription } from '../../../toolkit/plan/index.ts';
import type { Terminal } from '../../output/view.ts';

import { visibleLength, wrapText } from '../wrap-text.ts';
import { countActionWords } from './action-words.ts';
import { fieldLines } from './field-lines.ts';
import { type Lines, listedAtMost, paintSymbol } from './listing.ts';
import { overrideLines } from './override-lines.ts';

export function stackLines({ stack, counts, groups }: StackDescription, terminal: Terminal): Lines {
  return [
    `${terminal.paint(['bold', 'underline'], stack)}  ${countActionWords(counts)}`,
    ...groups.flatMap((group) => ['', ...groupLines(group, terminal)]),
    ...newnessLines(groups, terminal),
  ];
}

/** Once for the stack: under each of a hundred new objects it would bury the few lines that say something. */
function newnessLines(groups: readonly GroupDescription[], terminal: Terminal): Lines {
  const created = groups.flatMap(({ changes }) => changes).filter(saysNothingElse).length;
  if (created === 0) return [];
  const subject = created === 1 ? 'The new object is' : `Each of the ${groupThousands(created)} new objects is`;
  return ['', ...wrapText(`${subject} declared and not there yet. Undo: remove it again.`, terminal.width, '  ')];
}

function saysNothingElse(change: ChangeDescription): boolean {
  return isListed(change) && change.isPlainlyNew;
}

/** What is new comes last and is listed only; what changes or goes is never cut short. */
function groupLines({ kind, title, note, changes }: GroupDescription, terminal: Terminal): Lines {
  const { created = [], others = [] } = Object.groupBy(changes, (change) => (isListed(change) ? 'created' : 'others'));
  const alike = Map.groupBy(created, ({ explanation, reverse }) => `${explanation} ${reverse}`);
  return [
    terminal.paint('bold', `  ${kind === 'item' ? `item ${title}` : title}`) + (note === null ? '' : `  (${note})`),
    ...others.flatMap((change) => changeLines(change, terminal)),
    ...[...alike.values()].flatMap((list) => createdLines(list, terminal)),
  ];
}

function isListed({ action, fields }: ChangeDescription): boolean {
  return action === 'create' && fields.length === 0;
}

/** Of many new objects the first few are enough to see what they are. */
function createdLines(created: readonly ChangeDescription[], terminal: Terminal): Lines {
  const [first] = created;
  if (first === undefined) return [];
  const shown = terminal.isVerbose ? created : created.slice(0, listedAtMost);
  const hidden = created.length - shown.length;
  const why = created.length === 1 ? first.explanation : `For each: ${first.explanation}`;
  return [
    ...shown.flatMap((change) => createdLine(change, terminal)),
    ...(hidden === 0
      ? []
      : [`    ${paintSymbol('+', terminal)} ${groupThousands(hidden)} more to create (--verbose lists them)`]),
    ...(saysNothingElse(first) ? [] : wrapText(why, terminal.width, '        ')),
    ...(saysNothingElse(first) || first.reverse === null
      ? []
      : wrapText(`Undo: ${first.reverse}`, terminal.width, '        ')),
  ];
}

function createdLine(change: ChangeDescription, terminal: Terminal): Lines {
  const { paint, width, isVerbose } = terminal;
  const head = `    ${paintSymbol('+', terminal)} create ${paint('bold', change.address)}`;
  const origin = `  (${originOf(change)})`;
  const fits = visibleLength(head) + origin.length <= width;
  return [
    ...(fits ? [head + paint('dim', origin)] : [head, `        ${paint('dim', origin.trimStart())}`]),
    ...(change.parts.length === 0 ? [] : wrapText(partsLine(change.parts, isVerbose), width, '        ')),
    ...overrideLines(change.overrides, terminal, '        '),
  ];
}

function changeLines(change: ChangeDescription, terminal: Terminal): Lines {
  const { width } = terminal;
  const former = change.formerAddress === null ? '' : ` (was ${change.formerAddress})`;
  return [
    `    ${paintSymbol(change.symbol, terminal)} ${change.title} ${terminal.paint('bold', change.address)}${former}`,
    ...wrapText(change.explanation, width, '        '),
    ...(change.parts.length === 0 ? [] : wrapText(partsLine(change.parts, terminal.isVerbose), width, '        ')),
    ...overrideLines(change.overrides, terminal, '        '),
    ...change.fields.flatMap((field) => fieldLines(field, terminal, '        ')),
    ...(change.alike.length === 0 ? [] : wrapText(`The same for ${change.alike.join(', ')}.`, width, '        ')),
    ...(change.reverse === null ? [] : wrapText(`Undo: ${change.reverse}`, width, '        ')),
    `        ${terminal.paint('dim', originOf(change))}`,
  ];
}

function originOf({ source, owner, criticality }: ChangeDescription): string {
  return [
    source === null ? 'to be removed' : source,
    `owner ${owner}`,
    ...(criticality === null ? [] : [criticality]),
  ].join(', ');
}

function partsLine(parts: readonly string[], isVerbose: boolean): string {
  const shown = isVerbose ? parts : parts.slice(0, listedAtMost);
  const more = parts.length - shown.length;
  return `${counted(parts.length, 'part')}: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
