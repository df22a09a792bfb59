import { counted } from '../../toolkit/diagnostics/index.ts';
import { printDuration } from '../../toolkit/model/index.ts';
import type { AlertBacktest, BacktestReport, BacktestSide } from '../../toolkit/operate/backtest-report.ts';
import type { Terminal, View } from '../output/view.ts';
import { harmless } from './harmless.ts';

/** What alerts would have done, the noisiest first, and those that stayed quiet in one line. */
export const backtestView: View<BacktestReport> = {
  human: (report, terminal) => {
    const { alerts } = harmless(report);
    const loud = alerts.filter((alert) =>
      sidesOf(alert).some(({ summary }) => summary.fired + summary.pendingOnly > 0),
    );
    const quiet = alerts.filter((alert) => !loud.includes(alert));
    const sections = [
      [headLine(report)],
      ...[...loud].sort((left, right) => noiseOf(right) - noiseOf(left)).map((alert) => alertLines(alert, terminal)),
      quietLines(
        'Never pending',
        quiet.filter((alert) => !isUnknown(alert)),
        terminal,
      ),
      quietLines('Not known, as there are no samples', quiet.filter(isUnknown), terminal),
    ];
    return `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n')}\n`;
  },
  events: ({ alerts, diagnostics: _, unknown: __, ...head }) => [
    ...alerts.map((alert) => ({ event: 'backtest', ...alert })),
    { event: 'backtested', ...head, alerts: alerts.length },
  ],
};

function headLine({ with: how, fromMs, toMs, alerts }: BacktestReport): string {
  const by = how === 'vmalert' ? 'by vmalert' : 'by range queries';
  return `Replayed ${counted(alerts.length, 'alert')} ${by}, ${printMoment(fromMs)} to ${printMoment(toMs)} UTC.`;
}

function printMoment(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');
}

function sidesOf({ wanted, applied }: AlertBacktest): readonly BacktestSide[] {
  return [wanted, applied === 'same' ? null : applied].filter((side) => side !== null);
}

function noiseOf(alert: AlertBacktest): number {
  return Math.max(...sidesOf(alert).map(({ summary }) => summary.fired * 1000 + summary.pendingOnly));
}

function alertLines(result: AlertBacktest, terminal: Terminal): readonly string[] {
  const { stack, alert, wanted, applied, recorded, isCoarse, stepMs } = result;
  const { paint } = terminal;
  const former = applied === 'same' ? null : applied;
  const coarse = isCoarse ? ` (looked at every ${printDuration(stepMs)} only: short episodes may be missed)` : '';
  return [
    `${paint('bold', alert)} of ${stack}${coarse}`,
    ...(former === null ? [] : sideLines('as applied', former, terminal)),
    ...(wanted === null
      ? ['  as declared: it is gone']
      : sideLines(former === null ? '' : 'as declared', wanted, terminal)),
    ...(former === null || wanted === null ? [] : [`  difference: ${difference(former, wanted)}`]),
    ...(recorded === null ? [] : [`  recorded then: ${recordedText(recorded)}`]),
  ];
}

function sideLines(
  title: string,
  { summary, notifications, expanded }: BacktestSide,
  { isVerbose }: Terminal,
): readonly string[] {
  const { fired, pendingOnly, firingMs, longestMs, flaps, ongoing, cutOff, nightShare, weekendShare } = summary;
  const head = title === '' ? '  ' : `  ${title}: `;
  const lengths = fired === 0 ? '' : ` for ${span(firingMs)} in all, the longest ${span(longestMs)}`;
  const beside = [
    pendingOnly > 0 ? `${counted(pendingOnly, 'time')} pending only` : '',
    flaps > 0 ? `${counted(flaps, 'time')} again within an hour` : '',
    ongoing > 0 ? `${ongoing} still firing` : '',
    cutOff > 0 ? `${cutOff} cut off by a gap` : '',
  ].filter((text) => text !== '');
  const when =
    nightShare === null
      ? []
      : [`    ${percent(nightShare)} at night (22:00-6:00), ${percent(weekendShare ?? 0)} on weekends`];
  return [
    `${head}fired ${counted(fired, 'time')}${lengths}${beside.length === 0 ? '' : `; ${beside.join(', ')}`}`,
    ...when,
    ...itemLines(summary.byItem, isVerbose),
    ...(notifications === null || fired === 0 ? [] : [`    ${toldText(notifications)}`]),
    ...(isVerbose && expanded.length > 0 ? [`    asked by their rules, not as recorded: ${expanded.join(', ')}`] : []),
    ...(isVerbose && fired > 0 ? hourLines(summary) : []),
  ];
}

const itemsShown = 5;

function itemLines(items: BacktestSide['summary']['byItem'], isVerbose: boolean): readonly string[] {
  const named = items.filter(({ item, fired, pendingOnly }) => item !== null && fired + pendingOnly > 0);
  const shown = isVerbose ? named : named.slice(0, itemsShown);
  const more = named.length - shown.length;
  return [
    ...shown.map(({ item, fired, pendingOnly, firingMs }) => {
      const pending = pendingOnly === 0 ? '' : `, ${pendingOnly} pending only`;
      return `    ${item}: ${fired} fired${fired === 0 ? '' : ` for ${span(firingMs)}`}${pending}`;
    }),
    ...(more > 0 ? [`    and ${counted(more, 'more item')} (--verbose shows them)`] : []),
  ];
}

function toldText({ byReceiver, untold, inhibited }: NonNullable<BacktestSide['notifications']>): string {
  const told = byReceiver.map(({ receiver, alarms, repeats, ends }) => {
    const parts = [
      counted(alarms, 'alarm'),
      repeats === 0 ? '' : counted(repeats, 'repeat'),
      ends === 0 ? '' : counted(ends, 'end'),
    ];
    return `${receiver} ${parts.filter((part) => part !== '').join(', ')}`;
  });
  const held =
    untold === 0
      ? ''
      : `; nobody would have been told of ${untold}${inhibited === 0 ? '' : `, ${inhibited} of them held back by another alert`}`;
  return `messages: ${told.length === 0 ? 'none' : told.join('; ')}${held}`;
}

function difference(before: BacktestSide, after: BacktestSide): string {
  const [fired, firing] = [
    after.summary.fired - before.summary.fired,
    after.summary.firingMs - before.summary.firingMs,
  ];
  const alarms = alarmsOf(after) - alarmsOf(before);
  const told =
    before.notifications === null || after.notifications === null
      ? ''
      : `, ${signed(alarms)} alarm ${Math.abs(alarms) === 1 ? 'message' : 'messages'}`;
  return `${signed(fired)} ${Math.abs(fired) === 1 ? 'time' : 'times'} fired, ${firing < 0 ? '-' : '+'}${span(Math.abs(firing))} of firing${told}`;
}

function alarmsOf({ notifications }: BacktestSide): number {
  return (notifications?.byReceiver ?? []).reduce((sum, { alarms }) => sum + alarms, 0);
}

function signed(count: number): string {
  return count > 0 ? `+${count}` : String(count);
}

function recordedText({
  fired,
  firingMs,
  onlyReplayedMs,
  onlyRecordedMs,
}: NonNullable<AlertBacktest['recorded']>): string {
  const agreement =
    onlyReplayedMs + onlyRecordedMs === 0
      ? 'as replayed'
      : `${span(onlyRecordedMs)} of it not replayed, ${span(onlyReplayedMs)} replayed and not recorded`;
  return `fired ${counted(fired, 'time')} for ${span(firingMs)}, ${agreement}`;
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Begins by hour, `.` for none. */
function hourLines({ byHourOfWeek }: BacktestSide['summary']): readonly string[] {
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2));
  return [
    `    by hour   ${hours.join(' ')}`,
    ...byHourOfWeek.map((row, day) => {
      const cells = row.map((count) => (count === 0 ? '.' : String(Math.min(count, 99))).padStart(2));
      return `    ${(days[day] ?? '').padEnd(9)} ${cells.join(' ')}`;
    }),
  ];
}

/** It reads what the server has nothing of. */
function isUnknown(alert: AlertBacktest): boolean {
  return sidesOf(alert).some(({ scant }) => scant.some(({ share }) => share === 0));
}

function quietLines(title: string, quiet: readonly AlertBacktest[], { isVerbose }: Terminal): readonly string[] {
  if (quiet.length === 0) return [];
  const names = [...new Set(quiet.map(({ alert }) => alert))].sort();
  const shown = isVerbose ? names : names.slice(0, 10);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return [`${title}: ${shown.join(', ')}${more}.`];
}

const roundings = [
  { fromMs: 172_800_000, unitMs: 3_600_000 },
  { fromMs: 3_600_000, unitMs: 60_000 },
];

/** To the minute from an hour on, to the hour from two days on. */
function span(ms: number): string {
  const { unitMs } = roundings.find(({ fromMs }) => ms >= fromMs) ?? { unitMs: 1000 };
  return printDuration(Math.round(ms / unitMs) * unitMs);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
