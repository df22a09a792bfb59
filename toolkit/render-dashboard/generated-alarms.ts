import { fits, type GeneratedAlarm, type GeneratedWorld, type SeriesLabels } from './generated-world.ts';
import type { AnswerHint, Sample } from './metrics-source.ts';
import type { TimeRange } from './panel-data.ts';

/**
 * What queries of alarms and of the state of items give. All panels tell of the same alarms: a red number beside tiles that
 * are green would look like a mistake of the dashboard. Null for a query of anything else.
 */
export function alarmSeries(
  world: GeneratedWorld,
  expression: string,
  range: TimeRange,
  hint: AnswerHint,
): readonly Sample[] | null {
  const { items, alarms } = world;
  if (items === undefined || alarms === undefined) return null;
  const fitting = alarms.filter(({ labels }) => fits(labels, expression));
  if (/\b(?:signal:alerts_firing|ALERTS)\b/.test(expression)) return firing(fitting, range, hint);
  if (!/\bsignal:item_state\b/.test(expression)) return null;
  const measured = items.filter((labels) => fits(labels, expression));
  return states({ measured, alarms: fitting, expression }, range, hint);
}

/** How many fire; where the value stands for a word, how bad the worst of them is. */
function firing(alarms: readonly GeneratedAlarm[], range: TimeRange, hint: AnswerHint): readonly Sample[] {
  const samples = grouped(alarms, ({ labels }) => labels, hint.labels).map(({ labels, members }) => ({
    labels,
    points: timesOf(range).map((ms) => {
      const active = members.filter((alarm) => isActive(alarm, range, ms));
      return [ms, hint.isState ? worstOf(active) : active.length] as const;
    }),
  }));
  return samples.filter(
    ({ labels, points }) => Object.keys(labels).length === 0 || points.some(([, value]) => value > 0),
  );
}

interface Asked {
  readonly measured: readonly SeriesLabels[];
  readonly alarms: readonly GeneratedAlarm[];
  readonly expression: string;
}

function states({ measured, alarms, expression }: Asked, range: TimeRange, hint: AnswerHint): readonly Sample[] {
  const stateOf = (item: SeriesLabels, ms: number) =>
    worstOf(alarms.filter((alarm) => alarm.labels.item === item.item && isActive(alarm, range, ms)));
  const wanted = /==\s*(\d)/.exec(expression)?.[1];
  if (/^\s*count\b/.test(expression) && hint.labels.length === 0) {
    const count = (ms: number) => measured.filter((item) => !wanted || stateOf(item, ms) === Number(wanted)).length;
    return [{ labels: {}, points: timesOf(range).map((ms) => [ms, count(ms)] as const) }];
  }
  if (/\bavg_over_time\b/.test(expression)) return shares(alarms, range, hint);
  const samples = grouped(measured, (item) => item, hint.labels).map(({ labels, members }) => ({
    labels,
    points: timesOf(range).map((ms) => [ms, Math.max(...members.map((item) => stateOf(item, ms)))] as const),
  }));
  return samples.toSorted((left, right) => lastOf(right) - lastOf(left));
}

const dayMs = 86_400_000;

/** Which share of a day an alarm was there. */
function shares(alarms: readonly GeneratedAlarm[], range: TimeRange, hint: AnswerHint): readonly Sample[] {
  const samples = grouped(alarms, ({ labels }) => labels, hint.labels).map(({ labels, members }) => {
    const share = Math.min(1, Math.max(...members.map(({ forMs }) => forMs)) / dayMs);
    return { labels, points: timesOf(range).map((ms) => [ms, share] as const) };
  });
  return samples.toSorted((left, right) => lastOf(right) - lastOf(left));
}

function lastOf({ points }: Sample): number {
  return points.at(-1)?.[1] ?? 0;
}

/** A group for each set of values of these labels; all in one where there are no labels, even if it is nothing. */
function grouped<Member>(
  members: readonly Member[],
  labelsOf: (member: Member) => SeriesLabels,
  names: readonly string[],
): readonly { readonly labels: SeriesLabels; readonly members: readonly Member[] }[] {
  if (names.length === 0) return [{ labels: {}, members }];
  const groups = new Map<string, { readonly labels: SeriesLabels; readonly members: Member[] }>();
  for (const member of members) {
    const all = labelsOf(member);
    const labels = Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { labels, members: [] };
    group.members.push(member);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function timesOf({ fromMs, toMs, stepMs }: TimeRange): readonly number[] {
  return Array.from({ length: Math.floor((toMs - fromMs) / stepMs) + 1 }, (_, index) => fromMs + index * stepMs);
}

function isActive({ forMs }: GeneratedAlarm, { toMs }: TimeRange, ms: number): boolean {
  return ms >= toMs - forMs;
}

function worstOf(alarms: readonly GeneratedAlarm[]): number {
  return Math.max(0, ...alarms.map(({ severity }) => (severity === 'critical' ? 2 : 1)));
}
