import { stripVTControlCharacters } from 'node:util';
import { describeDiagnostic } from '../../toolkit/diagnostics/reporters/index.ts';
import {
  type ActionCounts,
  type ChangeDescription,
  type ChangeSymbol,
  type DriftDescription,
  describePlan,
  effectOf,
  type FieldDescription,
  fieldsOfChange,
  type GroupDescription,
  isEmptyPlan,
  isExecutable,
  type Plan,
  type PlanDescription,
  type PlannedChange,
  planSummary,
  type StackDescription,
} from '../../toolkit/plan/index.ts';
import type { ProgramEvent, Terminal, View } from '../output/view.ts';
import { harmless } from './harmless.ts';
import { shorten, shortenPair } from './shorten.ts';

/**
 * The plan for whoever approves or runs it. From the top: what is dangerous, what happens where and why, what was found
 * besides. At the end, where the eye is after a long listing: what stops it, the counts and the digest.
 */
export const planView: View<Plan> = {
  human: (plan, terminal) => {
    const described = harmless(describePlan(plan, { verbose: terminal.isVerbose }));
    const lines = sectionsOf(described, terminal).flatMap((section) => [...section, '']);
    return `${lines.join('\n').trimEnd()}\n`;
  },
  events: (plan) => [
    ...plan.changes.map(changeEvent),
    ...plan.drift.map((entry) => ({ event: 'drift', ...entry })),
    ...plan.unmanaged.map((entry) => ({ event: 'unmanaged', ...entry })),
    ...plan.owed.map((entry) => ({ event: 'owed', ...entry })),
    ...plan.brakes.map((entry) => ({ event: 'brake', ...entry })),
    ...plan.findings.map((entry) => ({ event: 'finding', ...entry })),
    {
      event: 'planned',
      environment: plan.environment,
      offline: plan.offline,
      isEmpty: isEmptyPlan(plan),
      isExecutable: isExecutable(plan),
      summary: planSummary(plan),
      digest: plan.digest,
    },
  ],
};

function changeEvent(planned: PlannedChange): ProgramEvent {
  const { address, formerAddress, change, cause, explanation, reverse, waitsFor } = planned;
  return {
    event: 'change',
    address,
    ...(formerAddress === undefined ? {} : { formerAddress }),
    action: change.action,
    effect: effectOf(planned),
    cause,
    explanation,
    reverse,
    fields: fieldsOfChange(planned),
    waitsFor,
    ...('desired' in change ? { source: change.desired.source } : {}),
  };
}

type Lines = readonly string[];

function sectionsOf(plan: PlanDescription, terminal: Terminal): readonly Lines[] {
  const sections = [
    headOf(plan, terminal),
    ...plan.stacks.map((stack) => stackLines(stack, terminal)),
    driftLines(plan.drift, terminal),
    listOf(
      'Not managed, and not touched:',
      plan.unmanaged.map(
        ({ stack, target, type, name, location }) => `${stack} ${target}: ${type} ${name} (${location})`,
      ),
      terminal,
    ),
    listOf(
      'Owed: left out of this plan, and still to be done:',
      plan.owed.map(({ address, action, reason }) => `${action} ${address} (${owedReasons[reason]})`),
      terminal,
    ),
    listOf(
      'Reloaded first, because a run was cut off before it could:',
      plan.uncommitted.map(({ stack, target }) => `${target} of ${stack}`),
      terminal,
    ),
    findingLines(plan, terminal),
    brakeLines(plan, terminal),
    footOf(plan, terminal),
  ];
  return sections.filter((section) => section.length > 0);
}

const owedReasons = {
  excluded: 'excluded',
  'depends-on-excluded': 'waits for something excluded',
  'not-targeted': 'not targeted',
} as const;

// --- Head and foot.

function headOf({ environment, offline, readFirst }: PlanDescription, { paint, isVerbose }: Terminal): Lines {
  const basis = offline ? ' against the last recorded state (offline: the real systems were not asked)' : '';
  const shown = isVerbose ? readFirst : readFirst.slice(0, listedAtMost);
  return [
    `${paint('bold', `Plan for ${environment}`)}${basis}`,
    ...(readFirst.length === 0 ? [] : ['', paint('bold', 'Read first:')]),
    ...shown.map((line) => `  ${paint('red', '!')} ${line}`),
    ...moreLine(readFirst.length - shown.length),
  ];
}

function footOf(plan: PlanDescription, { paint }: Terminal): Lines {
  const { counts, unchanged, drifted, owed } = plan.summary;
  const beside = [
    `${number(unchanged)} unchanged`,
    ...(drifted > 0 ? [`${number(drifted)} drifted`] : []),
    ...(owed > 0 ? [`${number(owed)} owed`] : []),
  ];
  const verdict = plan.isEmpty ? 'No changes' : countWords(counts);
  return [
    `${paint('bold', verdict === '' ? 'No changes, only a reload' : verdict)}; ${beside.join(', ')}.`,
    ...(plan.isExecutable ? [] : [stopLine(plan, paint)]),
    `Digest ${plan.digest}`,
  ];
}

function stopLine({ offline, brakes, findings }: PlanDescription, paint: Terminal['paint']): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const reasons = [
    ...(errors > 0 ? [plural(errors, 'finding')] : []),
    ...(brakes.length > 0 ? [plural(brakes.length, 'brake')] : []),
    ...(offline ? ['it was made offline'] : []),
  ];
  return `${paint('red', '! Cannot be applied')}: ${reasons.join(', ')}.`;
}

const countNames = {
  create: 'to create',
  update: 'to update',
  replace: 'to replace',
  delete: 'to delete',
  adopt: 'to adopt',
  forget: 'to forget',
  record: 'to record',
} as const satisfies Record<keyof ActionCounts, string>;

function countWords(counts: ActionCounts): string {
  const names = Object.keys(countNames) as (keyof ActionCounts)[];
  return names
    .filter((name) => counts[name] > 0)
    .map((name) => `${number(counts[name])} ${countNames[name]}`)
    .join(', ');
}

// --- Changes.

const listedAtMost = 10;

function stackLines({ stack, counts, groups }: StackDescription, terminal: Terminal): Lines {
  return [
    `${terminal.paint(['bold', 'underline'], stack)}  ${countWords(counts)}`,
    ...groups.flatMap((group) => ['', ...groupLines(group, terminal)]),
  ];
}

/** What is new comes last and is listed only; what changes or goes is never cut short. */
function groupLines({ kind, title, changes }: GroupDescription, terminal: Terminal): Lines {
  const { created = [], others = [] } = Object.groupBy(changes, (change) => (isListed(change) ? 'created' : 'others'));
  const alike = Map.groupBy(created, ({ explanation, reverse }) => `${explanation} ${reverse}`);
  return [
    terminal.paint('bold', `  ${kind === 'item' ? `item ${title}` : title}`),
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
    ...(hidden === 0 ? [] : [`    ${symbol('+', terminal)} ${number(hidden)} more to create (--verbose lists them)`]),
    ...wrapped(why, terminal.width, '        '),
    ...(first.reverse === null ? [] : wrapped(`Undo: ${first.reverse}`, terminal.width, '        ')),
  ];
}

function createdLine(change: ChangeDescription, terminal: Terminal): Lines {
  const { paint, width, isVerbose } = terminal;
  const head = `    ${symbol('+', terminal)} create ${paint('bold', change.address)}`;
  const origin = `  (${originOf(change)})`;
  const fits = visibleLength(head) + origin.length <= width;
  return [
    ...(fits ? [head + paint('dim', origin)] : [head, `        ${paint('dim', origin.trimStart())}`]),
    ...(change.parts.length === 0 ? [] : wrapped(partsLine(change.parts, isVerbose), width, '        ')),
  ];
}

function changeLines(change: ChangeDescription, terminal: Terminal): Lines {
  const { width } = terminal;
  const former = change.formerAddress === null ? '' : ` (was ${change.formerAddress})`;
  return [
    `    ${symbol(change.symbol, terminal)} ${change.title} ${terminal.paint('bold', change.address)}${former}`,
    ...wrapped(change.explanation, width, '        '),
    ...(change.parts.length === 0 ? [] : wrapped(partsLine(change.parts, terminal.isVerbose), width, '        ')),
    ...change.fields.flatMap((field) => fieldLines(field, terminal, '        ')),
    ...(change.alike.length === 0 ? [] : wrapped(`The same for ${change.alike.join(', ')}.`, width, '        ')),
    ...(change.reverse === null ? [] : wrapped(`Undo: ${change.reverse}`, width, '        ')),
    `        ${terminal.paint('dim', originOf(change))}`,
  ];
}

function originOf({ source, owner, criticality }: ChangeDescription): string {
  return [
    source === null ? 'no longer declared' : source,
    `owner ${owner}`,
    ...(criticality === null ? [] : [criticality]),
  ].join(', ');
}

function partsLine(parts: readonly string[], isVerbose: boolean): string {
  const shown = isVerbose ? parts : parts.slice(0, listedAtMost);
  const more = parts.length - shown.length;
  return `${plural(parts.length, 'part')}: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const symbolStyles = { '+': 'green', '~': 'yellow', '-': 'red', '-/+': 'magenta', '=': 'cyan' } as const;

function symbol(text: ChangeSymbol, { paint }: Terminal): string {
  return paint(symbolStyles[text], text.padStart(3));
}

/** On one line where both values fit, else below each other, cut to where they differ. */
function fieldLines(field: FieldDescription, terminal: Terminal, indent: string): Lines {
  const { paint, width } = terminal;
  const notes = [
    ...(field.part === null ? [] : [`part ${field.part}`]),
    ...(field.isForcing ? ['forces the replacement'] : []),
  ];
  const head = `${indent}${paint(symbolStyles[field.symbol], field.symbol)} ${field.label}`;
  const note = notes.length === 0 ? '' : paint('dim', `  (${notes.join(', ')})`);
  if (field.lines.length > 0) return [`${head}${note}`, ...textLines(field, terminal, `${indent}    `)];
  const { before, after } = field;
  if (before !== null && before === after) return [`${head}: ${before}, its value changed${note}`];
  const line = `${head}: ${[before, after].filter((side) => side !== null).join(' -> ')}`;
  if (terminal.isVerbose ? before === null || after === null : visibleLength(line) <= width) return [`${line}${note}`];
  const room = width - indent.length - 6;
  const [left, right] = terminal.isVerbose ? [before, after] : shortenPair(before, after, room);
  return [
    `${head}${note}`,
    ...(left === null ? [] : [`${indent}    ${paint('red', '-')} ${left}`]),
    ...(right === null ? [] : [`${indent}    ${paint('green', '+')} ${right}`]),
  ];
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

// --- What was found besides.

function driftLines(drifts: readonly DriftDescription[], terminal: Terminal): Lines {
  if (drifts.length === 0) return [];
  const shown = terminal.isVerbose ? drifts : drifts.slice(0, listedAtMost);
  return [
    terminal.paint('bold', 'Drift: changed in the real systems since it was applied, by something other than opsctl:'),
    ...shown.flatMap(({ address, detail, fields }) => [
      `  ${terminal.paint('yellow', '!')} ${address}`,
      ...wrapped(detail, terminal.width, '      '),
      ...fields.flatMap((field) => fieldLines(field, terminal, '      ')),
    ]),
    ...moreLine(drifts.length - shown.length),
  ];
}

function listOf(title: string, entries: readonly string[], { paint, isVerbose }: Terminal): Lines {
  if (entries.length === 0) return [];
  const shown = isVerbose ? entries : entries.slice(0, listedAtMost);
  return [paint('bold', title), ...shown.map((entry) => `  ${entry}`), ...moreLine(entries.length - shown.length)];
}

function findingLines({ findings }: PlanDescription, { paint }: Terminal): Lines {
  if (findings.length === 0) return [];
  return [
    paint('bold', 'Findings:'),
    ...findings.flatMap((finding) => describeDiagnostic(finding, paint).trimEnd().split('\n')),
  ];
}

function brakeLines({ brakes }: PlanDescription, { paint, width }: Terminal): Lines {
  if (brakes.length === 0) return [];
  return [
    paint('bold', 'Stopped until it is reviewed as what it is:'),
    ...brakes.flatMap(({ kind, detail, lift }) => [
      `  ${paint('red', '!')} ${kind}`,
      ...wrapped(detail, width, '      '),
      ...wrapped(lift, width, '      '),
    ]),
  ];
}

function moreLine(count: number, indent = '  '): Lines {
  return count > 0 ? [`${indent}and ${number(count)} more (--verbose lists them)`] : [];
}

// --- Words and widths.

function wrapped(text: string, width: number, indent: string): Lines {
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}

function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** With a comma between thousands whatever the locale of the machine: the same plan is the same text. */
function number(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

function plural(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}
