import { printDuration } from '../../toolkit/model/index.ts';
import type { BaselineReport, ItemBaseline } from '../../toolkit/operate/baseline-report.ts';
import type { Terminal, View } from '../output/view.ts';
import { harmless } from './harmless.ts';

/** What history says of each item, and what to do with it. */
export const baselineView: View<BaselineReport> = {
  human: (report, terminal) => {
    const { items, ...head } = harmless(report);
    if (items.length === 0) return 'There is no history to read a threshold off.\n';
    const lines = [headLine(head), '', ...items.flatMap((item) => itemLines(item, terminal))];
    const isUseful = items.some(({ proposed, rule }) => proposed !== null && rule !== null);
    return `${[...lines, ...(isUseful ? ['', 'With --to-source this is printed as an edit of the stacks.'] : [])].join('\n')}\n`;
  },
  events: ({ items, diagnostics: _, isMisnamed: __, alert, ...head }) =>
    items.map(({ counted, ...item }) => {
      const { countedMs, firingShare, maintenanceShare, least, most } = counted;
      const samples = { countedMs, firingShare, maintenanceShare, least, most };
      return { event: 'baseline', ...head, signal: alert?.signal ?? null, ...item, counted: samples };
    }),
};

function headLine({ subject, fromMs, toMs, quantile, headroom }: Omit<BaselineReport, 'items'>): string {
  const room = headroom === 0 ? '' : `, ${Number((headroom * 100).toFixed(2))} % room`;
  return `${subject}: the ${quantile} quantile from ${day(fromMs)} to ${day(toMs)}${room}.`;
}

function day(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

function itemLines(
  { stack, item, counted, proposed, rule, trial, byHour }: ItemBaseline,
  { paint }: Terminal,
): readonly string[] {
  const { countedMs, firingShare, maintenanceShare, least, most } = counted;
  const leftOut = [
    firingShare > 0 ? `${percent(firingShare)} with alerts firing` : '',
    maintenanceShare > 0 ? `${percent(maintenanceShare)} of maintenance` : '',
  ].filter((text) => text !== '');
  const range = least === null || most === null ? '' : `, from ${digits(least)} to ${digits(most)}`;
  const aside = leftOut.length === 0 ? '' : `; ${leftOut.join(' and ')}`;
  const now = rule === null ? '' : `; ${rule.isWaived ? 'waived now' : `now ${rule.threshold}`}`;
  return [
    `${paint('bold', item)} of ${stack}: ${span(countedMs)} of samples${range}${aside}`,
    proposed === null
      ? `  nothing proposed${now}`
      : `  the ${proposed.share} quantile is ${digits(proposed.found)}: threshold ${paint('bold', String(proposed.threshold))}${now}`,
    ...(trial === null || rule === null || proposed === null
      ? []
      : [
          `  with ${rule.threshold} it would have ${counts(trial.before)}, with ${proposed.threshold} ${counts(trial.after)}`,
        ]),
    ...(byHour === null ? [] : hourLines(byHour)),
  ];
}

function counts({ fired, firingMs }: NonNullable<ItemBaseline['trial']>['before']): string {
  return fired === 0 ? 'fired never' : `fired ${fired === 1 ? 'once' : `${fired} times`} for ${span(firingMs)}`;
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Every hour of the week in three digits; one number serves all where they are alike. */
function hourLines(byHour: readonly (readonly (number | null)[])[]): readonly string[] {
  const values = byHour.flat().filter((value) => value !== null);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const cells = (row: readonly (number | null)[]) =>
    row.map((value) => (value === null ? '-' : short(value)).padStart(5)).join('');
  return [
    `  by hour${Array.from({ length: 24 }, (_, hour) => String(hour).padStart(5)).join('')}`,
    ...byHour.map((row, index) => `  ${(days[index] ?? '').padEnd(7)}${cells(row)}`),
    `  the hours lie between ${digits(least)} and ${digits(most)}; an alert has one threshold for all of them`,
  ];
}

function short(value: number): string {
  const text = String(Number(value.toPrecision(2)));
  return text.length > 4 ? value.toExponential(0) : text;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** To the hour from a day on, else to the minute. */
function span(ms: number): string {
  const unitMs = ms >= 86_400_000 ? 3_600_000 : 60_000;
  return printDuration(Math.round(ms / unitMs) * unitMs);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
