import { type Route, worstTimeToNotify } from '../../languages/alert-routing/index.ts';
import { selectorsIn } from '../../languages/promql/index.ts';
import { printDuration } from '../../model/duration.ts';
import type { Check, PlacedProblem } from '../check.ts';
import { isPage } from '../facts/is-page.ts';
import { mayTake } from '../facts/may-take.ts';
import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../lint-input.ts';

/** Where nobody says within which time an alert has to be told. */
const usualLimitMs = 3_600_000;
/** What Prometheus does where nobody says it. */
const usualIntervalMs = 60_000;

export const check: Check = {
  code: 'told-late',
  about: 'everything',
  severity: 'notice',
  summary: 'Critical alert that is told late',
  why: 'Scrape, evaluation, `for` and the waits of its group add up: at worst somebody is told only when the time in which it should have been handled is over.',
  hint: 'Shorten `for` or the waits of its route, lower its severity, or say with --tell-within what is soon enough.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 90m\n  labels: {severity: critical}\n---\nroute: {receiver: team}\nreceivers:\n  - name: team\n    webhook_configs: [{url: "https://duty.example/"}]\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 10m\n  labels: {severity: critical}\n---\nroute: {receiver: team}\nreceivers:\n  - name: team\n    webhook_configs: [{url: "https://duty.example/"}]\n',
  judge: (context) => {
    if (context.input.alertmanagers.length === 0) return [];
    return context.rules.filter(isPage).flatMap((rule) => judgeRule(rule, context));
  },
};

function judgeRule(rule: Rule, context: LintContext): readonly PlacedProblem[] {
  const limitMs = context.facts.tellWithinMs ?? usualLimitMs;
  const parsed = context.parse(rule.expression);
  // What looks ahead is early however long it waits.
  if (parsed.kind === 'refused' || /predict_linear|deriv/.test(rule.expression)) return [];
  const scrapes = selectorsIn(parsed.expression).flatMap((selector) => context.scrapeIntervalOf(selector) ?? []);
  const routes = context.input.alertmanagers.flatMap(({ config }) => mayTake(config.root, rule, context));
  const soonest = Math.min(...routes.map((route) => timeBy(route, rule, Math.max(0, ...scrapes), context)));
  if (!Number.isFinite(soonest) || soonest <= limitMs) return [];
  const facts = { expected: `${printDuration(limitMs)} or less`, found: printDuration(soonest) };
  return [
    {
      place: rule,
      text: `${rule.name} is told ${printDuration(soonest)} after the fault at worst.`,
      pointer: '/for',
      ...facts,
    },
  ];
}

function timeBy(route: Route, { group, forMs }: Rule, scrapeIntervalMs: number, { input }: LintContext): number {
  const evaluations = input.prometheuses.map(({ evaluationIntervalMs }) => evaluationIntervalMs);
  return worstTimeToNotify({
    scrapeIntervalMs: scrapeIntervalMs === 0 ? usualIntervalMs : scrapeIntervalMs,
    scrapeTimeoutMs: 0,
    evaluationIntervalMs: group.intervalMs ?? (evaluations.length === 0 ? usualIntervalMs : Math.max(...evaluations)),
    forMs,
    route,
  }).totalMs;
}
