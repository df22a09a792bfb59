import type { SourceSpan } from '../../diagnostics/index.ts';
import { type JsonObject, parseDuration, printDuration } from '../../model/index.ts';
import { objectiveLink } from '../dashboard-link.ts';
import { type OperatedStack, paced, runbookUrl } from '../operated-stack.ts';
import { type BurnLevel, burnLevels, timeToDetectMs } from './burn-rate.ts';
import { sloLabels } from './labels.ts';
import { maintenance } from './maintenance.ts';
import { describePeriod, periodName } from './period.ts';
import { seriesOf } from './recorded.ts';
import type { UpheldSlo } from './upheld.ts';

export interface SloAlert {
  /** Part of an address: `SloBudgetBurning:1h`. */
  readonly name: string;
  readonly rule: JsonObject;
  readonly text: string;
  readonly source: SourceSpan;
}

const defaultRunbook = 'slo/error-budget';

/** Burning, by level; spent; the promise broken; not measured. Their labels are those of the recorded series. */
export function sloAlerts(operated: OperatedStack, upheld: UpheldSlo): readonly SloAlert[] {
  return [
    ...burnLevels(upheld.slo).map((level) => burning(operated, upheld, level)),
    spent(operated, upheld),
    ...promiseBroken(operated, upheld),
    notMeasured(operated, upheld),
  ];
}

interface AlertWords {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly severity: string;
  readonly window?: string;
  readonly en: string;
  readonly zh: string;
}

function alertRule(operated: OperatedStack, { slo }: UpheldSlo, words: AlertWords): JsonObject {
  const { alert, expr, severity, window, en, zh } = words;
  return {
    alert,
    expr,
    ...(words.for === undefined ? {} : { for: paced(operated, words.for) }),
    labels: { severity, ...(window === undefined ? {} : { window }) },
    annotations: {
      summary_en: `${slo.title.en} (${slo.id}): ${en}`,
      summary_zh: `${slo.title.zh}(${slo.id}):${zh}`,
      runbook_url: runbookUrl(operated, slo.runbook ?? defaultRunbook),
      ...objectiveLink(operated, slo.id),
    },
  };
}

function burning(operated: OperatedStack, upheld: UpheldSlo, level: BurnLevel): SloAlert {
  const { slo } = upheld;
  const { severity, budget, long, short, factor } = level;
  const series = seriesOf(slo.id);
  const over = (window: string) => `${series('burn_rate', `window="${window}"`)} > ${factor}`;
  const share = `${printShare(budget)} %`;
  const period = describePeriod(slo.window);
  const rule = alertRule(operated, upheld, {
    alert: 'SloBudgetBurning',
    expr: `${over(long)} and ignoring (window) ${over(short)}${guard(upheld)}`,
    severity,
    window: long,
    en: `error budget burns {{ $value | humanize }} times faster than allowed; ${share} of it goes within ${long}`,
    zh: `错误预算的消耗速度是允许值的 {{ $value | humanize }} 倍;${long} 内将消耗 ${share}`,
  });
  const afterMs = timeToDetectMs(level, slo.objective, 1);
  const when = afterMs === null ? 'never' : `${printDuration(Math.ceil(afterMs / 1000) * 1000)} after`;
  return {
    name: `SloBudgetBurning:${long}`,
    rule,
    text: `Fires when ${share} of the budget of ${period} would be gone within ${long}: ${factor} times faster than allowed, over ${long} and over ${short}; ${when} everything fails.`,
    source: slo.source,
  };
}

function guard({ slo }: UpheldSlo): string {
  if (slo.lowTraffic === undefined) return '';
  const window = printDuration(parseDuration(slo.lowTraffic.in) ?? 0);
  const events = seriesOf(slo.id)('events', `window="${window}"`);
  return ` and ignoring (window) ${events} >= ${slo.lowTraffic.minimumEvents}`;
}

/** Told to nobody: it may last for weeks, and the burning was told. It is there to be seen, and for the gate. */
function spent(operated: OperatedStack, upheld: UpheldSlo): SloAlert {
  const { slo } = upheld;
  const rule = alertRule(operated, upheld, {
    alert: 'SloBudgetSpent',
    expr: `${seriesOf(slo.id)('budget_remaining')} <= 0`,
    severity: 'info',
    en: 'the error budget is spent; changes that are no emergency wait',
    zh: '错误预算已用尽;非紧急变更应暂缓',
  });
  const text = `Fires while nothing is left of the budget of ${describePeriod(slo.window)}.`;
  return { name: 'SloBudgetSpent', rule, text, source: slo.source };
}

function promiseBroken(operated: OperatedStack, upheld: UpheldSlo): readonly SloAlert[] {
  const { slo } = upheld;
  if (slo.promised === undefined) return [];
  const { objective, to } = slo.promised;
  const ratio = seriesOf(slo.id)('error_ratio', `window="${periodName(slo.window)}"`);
  const rule = alertRule(operated, upheld, {
    alert: 'SloPromiseBroken',
    expr: `1 - ${ratio} < ${objective}`,
    severity: 'warning',
    en: `{{ $value | humanizePercentage }} was reached, ${printShare(objective)} % was promised to ${to}`,
    zh: `实际达到 {{ $value | humanizePercentage }},对 ${to} 的承诺为 ${printShare(objective)} %`,
  });
  const text = `Fires while ${describePeriod(slo.window)} is below what was promised to ${to}.`;
  return [{ name: 'SloPromiseBroken', rule, text, source: slo.source }];
}

/** What is not measured burns nothing, and looks as if all were well. `absent` has the labels of its matchers. */
function notMeasured(operated: OperatedStack, upheld: UpheldSlo): SloAlert {
  const excluded = maintenance(upheld.slo, operated.organisation.calendars);
  const matchers = Object.entries(sloLabels(upheld)).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  const absent = `absent(slo:total{${matchers.join(',')}})`;
  const rule = alertRule(operated, upheld, {
    alert: 'SloNotMeasured',
    expr: excluded === null ? absent : `${absent} unless on () (${excluded})`,
    for: '15m',
    severity: 'warning',
    en: 'nothing is measured, so nobody knows whether the objective is met',
    zh: '没有测量数据,无法判断目标是否达成',
  });
  const text = 'Fires when what the objective is reckoned from has not been there for 15m.';
  return { name: 'SloNotMeasured', rule, text, source: upheld.slo.source };
}

function printShare(share: number): number {
  return Number((share * 100).toPrecision(6));
}
