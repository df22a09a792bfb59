import { type AlertmanagerConfig, quietStretches, type Route } from '../../languages/alert-routing/index.ts';
import { parseDay } from '../../model/day.ts';
import type { Check, PlacedProblem } from '../check.ts';
import { isPage } from '../facts/is-page.ts';
import { mayTake } from '../facts/may-take.ts';
import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../lint-input.ts';

export const check: Check = {
  code: 'critical-unheard',
  about: 'everything',
  severity: 'warning',
  summary: 'Critical alert that nobody hears at some hours',
  why: 'Every route that it can take is silent at the same time or ends at a receiver without a channel: at night, on a holiday or always, the plant burns and nobody is woken.',
  hint: 'Give critical alerts a route without time intervals, to a receiver with a channel.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n  labels: {severity: critical}\n---\nroute:\n  receiver: team\n  routes:\n    - matchers: [severity="critical"]\n      receiver: team\n      active_time_intervals: [days]\nreceivers:\n  - name: team\n    webhook_configs: [{url: "https://duty.example/"}]\ntime_intervals:\n  - name: days\n    time_intervals: [{times: [{start_time: "08:00", end_time: "18:00"}]}]\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n  labels: {severity: critical}\n---\nroute:\n  receiver: team\n  routes:\n    - matchers: [severity="critical"]\n      receiver: team\n      continue: true\n      active_time_intervals: [days]\n    - matchers: [severity="critical"]\n      receiver: duty\nreceivers:\n  - name: team\n    webhook_configs: [{url: "https://duty.example/"}]\n  - name: duty\n    webhook_configs: [{url: "https://duty.example/night"}]\ntime_intervals:\n  - name: days\n    time_intervals: [{times: [{start_time: "08:00", end_time: "18:00"}]}]\n',
  judge: (context) => {
    const configs = context.input.alertmanagers.map(({ config }) => config);
    if (configs.length === 0) return [];
    return context.rules.filter(isPage).flatMap((rule) => judgeRule(rule, configs, context));
  },
};

/** All routes that the alert may take are looked at, as its labels are known only in part: what is told is certain. */
function judgeRule(rule: Rule, configs: readonly AlertmanagerConfig[], context: LintContext): readonly PlacedProblem[] {
  const ways = configs.flatMap((config) => mayTake(config.root, rule, context).map((route) => ({ route, config })));
  const heard = ways.filter(({ route, config }) => hasChannel(route, config));
  if (heard.length === 0) {
    const names = [...new Set(ways.map(({ route }) => route.receiver))].join(', ');
    return [{ place: rule, text: `${rule.name} ends at ${names}, which has no channel.`, pointer: '/labels/severity' }];
  }
  if (heard.some(({ route }) => !route.isTimed)) return [];
  const quiet = commonQuiet(heard, yearFrom(context.facts.today));
  if (quiet === null) return [];
  const at = new Date(quiet).toISOString().slice(0, 16).replace('T', ' ');
  return [{ place: rule, text: `${rule.name} is told to nobody at ${at} UTC, for one.`, pointer: '/labels/severity' }];
}

function hasChannel({ receiver }: Route, { receivers }: AlertmanagerConfig): boolean {
  return receivers.some(({ name, channels }) => name === receiver && channels.length > 0);
}

const msPerDay = 86_400_000;

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** A year: hours differ by day of the month and by month too. */
function yearFrom(today: string): Span {
  const startMs = (parseDay(today) ?? 0) * msPerDay;
  return { startMs, endMs: startMs + 366 * msPerDay };
}

/** A moment at which all of the routes are silent. */
function commonQuiet(
  ways: readonly { readonly route: Route; readonly config: AlertmanagerConfig }[],
  span: Span,
): number | null {
  let common: readonly Span[] = [span];
  for (const { route, config } of ways) {
    const stretches = quietStretches(route, config, span);
    common = common.flatMap((left) => stretches.flatMap((right) => overlap(left, right)));
  }
  return common[0]?.startMs ?? null;
}

function overlap(left: Span, right: Span): readonly Span[] {
  const [startMs, endMs] = [Math.max(left.startMs, right.startMs), Math.min(left.endMs, right.endMs)];
  return startMs < endMs ? [{ startMs, endMs }] : [];
}
