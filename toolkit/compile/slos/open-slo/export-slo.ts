import type { OpenSloObjective, OpenSloTarget, OpenSloWindow, SliSpec } from '../../../languages/openslo/index.ts';
import type { YamlMapping } from '../../../languages/yaml/index.ts';
import { type AlertCondition, parseDuration, type Slo, type SloWindow } from '../../../model/index.ts';
import { signalSeries } from '../../signal-series.ts';
import { burnLevels } from '../burn-rate.ts';
import { itemMatcher, type Matcher, printSelector, withItems } from '../counters.ts';
import { boundMatcher } from '../indicator.ts';

export interface ExportedSlo {
  /** Null: OpenSLO v1 has no words for it. */
  readonly document: OpenSloObjective | null;
  /** What the document does not say. */
  readonly lost: readonly string[];
}

export const chineseTitle = 'opsctl/title-zh';

/** An objective as a document of OpenSLO v1, of these items. */
export function exportSlo(slo: Slo, items: readonly string[]): ExportedSlo {
  const counted = indicatorOf(slo, items);
  if (counted === null) return { document: null, lost: [unwritable(slo)] };
  const { spec, target, method } = counted;
  const name = slo.id;
  return {
    document: {
      kind: 'SLO',
      metadata: { name, displayName: slo.title.en, annotations: { [chineseTitle]: slo.title.zh } },
      spec: {
        description: `${slo.title.en} · ${slo.title.zh}`,
        service: items.length === 1 ? (items[0] ?? name) : name,
        indicator: { metadata: { name }, spec },
        timeWindow: windowOf(slo.window),
        budgetingMethod: method,
        objectives: [{ target: slo.objective, ...target }],
        alertPolicies: burnLevels(slo).length === 0 ? [] : [policyOf(slo)],
      },
    },
    lost: lostOf(slo),
  };
}

interface Counted {
  readonly spec: SliSpec;
  readonly method: 'Occurrences' | 'Timeslices';
  readonly target: Omit<OpenSloTarget, 'target'>;
}

function indicatorOf({ indicator }: Slo, items: readonly string[]): Counted | null {
  switch (indicator.kind) {
    case 'ratio': {
      const [kind, part] =
        indicator.bad === undefined ? (['good', indicator.good] as const) : (['bad', indicator.bad] as const);
      return counters(
        kind,
        query(part.metric, withItems(part, items)),
        query(indicator.total.metric, withItems(indicator.total, items)),
      );
    }
    case 'latency': {
      const { metric } = indicator.histogram;
      const matchers = withItems(indicator.histogram, items);
      const good = query(`${metric}_bucket`, [...matchers, boundMatcher(indicator.below)]);
      return counters('good', good, query(`${metric}_count`, matchers));
    }
    case 'timeSlice': {
      const comparison = comparisonOf(indicator.good);
      if (comparison === null) return null;
      const series = printSelector(signalSeries(indicator.class, indicator.signal), [itemMatcher(items)]);
      const aggregated = `${indicator.across === 'any' ? 'max' : 'min'}(${series})`;
      return {
        spec: { kind: 'threshold', query: { type: 'Prometheus', query: aggregated } },
        method: 'Timeslices',
        target: { ...comparison, timeSliceTarget: 1, timeSliceWindow: shorthand(parseDuration(indicator.slice) ?? 0) },
      };
    }
    case 'composite':
      return null;
    default:
      return indicator satisfies never;
  }
}

function counters(
  kind: 'good' | 'bad',
  part: SliSpec & { kind: 'threshold' },
  total: SliSpec & { kind: 'threshold' },
): Counted {
  return { spec: { kind, counter: true, part: part.query, total: total.query }, method: 'Occurrences', target: {} };
}

function query(metric: string, matchers: readonly Matcher[]): SliSpec & { kind: 'threshold' } {
  return { kind: 'threshold', query: { type: 'Prometheus', query: printSelector(metric, matchers) } };
}

/** A document has no "equals"; of a state that is 0 or 1, being 1 is being at least 1. */
function comparisonOf(good: AlertCondition): Pick<OpenSloTarget, 'op' | 'value'> | null {
  if ('above' in good) return { op: 'gt', value: good.above };
  if ('below' in good) return { op: 'lt', value: good.below };
  return good.equals === 1 ? { op: 'gte', value: 1 } : null;
}

function windowOf(window: SloWindow): OpenSloWindow {
  if ('rolling' in window) return { duration: shorthand(parseDuration(window.rolling) ?? 0), isRolling: true };
  const duration = window.calendar === 'month' ? '1M' : '1Q';
  return { duration, isRolling: false, startTime: '2026-01-01 00:00:00', timeZone: window.zone };
}

/** The greatest unit that leaves nothing over; days before weeks, as periods are mostly told in days. */
function shorthand(durationMs: number): string {
  const minutes = Math.max(1, Math.ceil(durationMs / 60_000));
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

function policyOf(slo: Slo): YamlMapping {
  return {
    kind: 'AlertPolicy',
    metadata: { name: `${slo.id}-burns` },
    spec: {
      alertWhenBreaching: true,
      conditions: burnLevels(slo).map(({ severity, long, longMs, factor }) => ({
        kind: 'AlertCondition',
        metadata: { name: `${slo.id}-burns-${long}` },
        spec: {
          severity,
          condition: {
            kind: 'burnrate',
            op: 'gt',
            threshold: factor,
            lookbackWindow: shorthand(longMs),
            alertAfter: '0m',
          },
        },
      })),
      notificationTargets: [],
    },
  };
}

function lostOf({
  indicator,
  promised,
  lowTraffic,
  excludes = [],
  team,
  runbook,
  clauses = [],
}: Slo): readonly string[] {
  return [
    'the short windows of its alerts',
    ...(indicator.kind === 'timeSlice' && 'equals' in indicator.good
      ? ['that the signal equals 1: it says at least 1']
      : []),
    ...(promised === undefined ? [] : [`the promise to ${promised.to}`]),
    ...(lowTraffic === undefined ? [] : ['the guard for little traffic']),
    ...(excludes.length === 0 ? [] : ['what is left out for maintenance']),
    ...(team === undefined ? [] : ['the team']),
    ...(runbook === undefined ? [] : ['the runbook']),
    ...(clauses.length === 0 ? [] : ['the clauses']),
  ];
}

function unwritable({ indicator }: Slo): string {
  return indicator.kind === 'composite'
    ? 'all of it: OpenSLO v1 has no composites'
    : 'all of it: OpenSLO v1 compares with at least, at most, above and below only';
}
