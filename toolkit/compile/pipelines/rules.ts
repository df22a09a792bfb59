import { counted } from '../../diagnostics/index.ts';
import {
  type CountedSeries,
  type DerivationStep,
  type JsonObject,
  type LabelTest,
  ownThresholds,
  type PipelineAlert,
  printAlertOverride,
  type Resource,
  type SignalUnit,
  waivedVariant,
  withoutOverridden,
} from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import { type OperatedStack, paced, runbookUrl } from '../operated-stack.ts';
import {
  type LogAlertOverrides,
  type LogAlertVariant,
  logAlertOverrides,
  thresholdOfLogAlert,
} from './alert-overrides.ts';
import { type Collected, collectedBy } from './collected.ts';
import { logJob } from './scrape-jobs.ts';

/** One rule file for each pipeline that alerts, and one for the collectors themselves. */
export function compilePipelineRules(operated: OperatedStack): readonly Resource[] {
  if (!operated.stack.targets.includes('prometheus')) return [];
  return collectedBy(operated).flatMap((collected) => compileRules(operated, collected));
}

function compileRules(operated: OperatedStack, collected: Collected): readonly Resource[] {
  const { pipeline, items, source } = collected;
  const alerts = pipeline.alerts ?? [];
  if (alerts.length === 0) return [];
  const name = `logs-${pipeline.id}`;
  const declared = (text: string, clauses: readonly string[] = []): DerivationStep => {
    return { kind: 'declaration', subject: pipeline.id, text, source: pipeline.source, clauses };
  };
  const rules = alerts.flatMap((alert) => {
    const overrides = logAlertOverrides(operated, collected, alert);
    const why = declared(`${alert.name}: ${describe(alert)}. ${alert.rationale}`, alert.clauses);
    return [
      ...overrideRules(alert, overrides),
      ...alertRules(operated, pipeline.with, alert, overrides).map(({ name: part, rule }) => {
        return { name: part, rule, derivation: [why, ...overrides.because] };
      }),
    ];
  });
  return [
    makeResource(operated, {
      type: 'prometheus-rules',
      name,
      target: 'prometheus',
      spec: {
        group: {
          name,
          interval: paced(operated, '30s'),
          rules: rules.map(({ rule }) => rule),
        },
      },
      items,
      clauses: alerts.flatMap(({ clauses }) => clauses),
      derivation: [
        declared(`${pipeline.title.en}.`, pipeline.clauses),
        {
          kind: 'declaration',
          subject: operated.stack.name,
          text: `The stack ${operated.stack.name} collects it for ${counted(items.length, 'item')}.`,
          source,
        },
      ],
      parts: rules.map(({ name: part, derivation }, index) => ({
        name: part,
        pointer: `/group/rules/${index}`,
        derivation,
      })),
    }),
  ];
}

function describe({ when }: PipelineAlert): string {
  if ('share' in when) return `${when.share.count} is more than ${when.above} of ${when.of.count} within ${when.in}`;
  if ('quantile' in when)
    return `quantile ${when.quantile} of ${when.of.count} is above ${when.above} within ${when.in}`;
  if ('silent' in when) return `${when.silent.count} does not grow for ${when.in}`;
  return `${when.count} grows by more than ${when.above} within ${when.in}`;
}

interface RulePart {
  readonly name: string;
  readonly rule: JsonObject;
}

/** The thresholds of items that differ, as series; of one that is waived, that it is. */
function overrideRules(alert: PipelineAlert, { variants, waived, because }: LogAlertOverrides) {
  const series = [
    ...variants.flatMap(({ name: variant, thresholds }) =>
      [...thresholds].map(([item, threshold]) => ({ item, variant, threshold })),
    ),
    ...waived.map(({ id }) => ({ item: id, variant: waivedVariant, threshold: thresholdOfLogAlert(alert) ?? 0 })),
  ];
  return series.map(({ item, variant, threshold }) => ({
    name: `override:${alert.name}:${item}`,
    rule: printAlertOverride({ alert: alert.name, item, variant, threshold }),
    derivation: because.filter(({ kind, subject }) => kind === 'waiver' || subject === item),
  }));
}

/** The common rule leaves out the items that differ, and takes back those that differ in threshold only. */
function alertRules(
  operated: OperatedStack,
  backend: string,
  alert: PipelineAlert,
  { variants, waived }: LogAlertOverrides,
): readonly RulePart[] {
  const condition = conditionOf(operated, logJob(backend), alert);
  const others =
    variants.length + waived.length === 0 ? condition.value : withoutOverridden(`(${condition.value})`, alert.name);
  const merged = variants.filter((variant) => variant.for === alert.for && variant.severity === alert.severity);
  const expressions = [
    fires(condition, others, condition.above === null ? '' : ` > ${condition.above}`),
    ...merged.map((variant) => ofVariant(condition, alert, variant)),
  ];
  const common = { name: alert.name, rule: alertRule(operated, alert, expressions.join(' or '), alert) };
  const apart = variants.filter((variant) => !merged.includes(variant));
  return [
    common,
    ...apart.map((variant) => {
      const labels = variant.severity === alert.severity ? { variant: variant.name } : {};
      const rule = alertRule(operated, alert, ofVariant(condition, alert, variant), variant, labels);
      return { name: `${alert.name}:${variant.name}`, rule };
    }),
  ];
}

function ofVariant(condition: Condition, alert: PipelineAlert, { name }: LogAlertVariant): string {
  const own = ownThresholds(alert.name, name);
  return condition.above === null
    ? fires(condition, `(${condition.value})`, ` and on (item) ${own}`)
    : fires(condition, `(${condition.value})`, ` > on (item) group_left () ${own}`);
}

function fires({ guard }: Condition, value: string, comparison: string): string {
  return `${value}${comparison}${guard}`;
}

function alertRule(
  operated: OperatedStack,
  alert: PipelineAlert,
  expression: string,
  timing: Pick<PipelineAlert, 'for' | 'severity'>,
  labels: Readonly<Record<string, string>> = {},
): JsonObject {
  const wait = paced(operated, timing.for);
  const template = (text: string) =>
    text.replaceAll(/\{([a-z_]+)\}/gi, (_, name: string) =>
      name === 'value' ? valueTemplates[unitOf(alert)] : `{{ $labels.${name} }}`,
    );
  return {
    alert: alert.name,
    expr: expression,
    ...(wait === '0s' ? {} : { for: wait }),
    labels: { severity: timing.severity, ...labels },
    annotations: {
      summary_en: template(alert.summary.en),
      summary_zh: template(alert.summary.zh),
      runbook_url: runbookUrl(operated, alert.runbook),
    },
  };
}

type PlainUnit = Extract<SignalUnit, 'ratio' | 'seconds' | 'bytes' | 'count'>;

const valueTemplates: Readonly<Record<PlainUnit, string>> = {
  ratio: '{{ $value | humanizePercentage }}',
  seconds: '{{ $value | humanizeDuration }}',
  bytes: '{{ $value | humanize1024 }}B',
  count: '{{ $value | humanize }}',
};

function unitOf({ when }: PipelineAlert): PlainUnit {
  if ('share' in when) return 'ratio';
  if (!('quantile' in when)) return 'count';
  const suffix = /_(seconds|bytes|ratio)$/.exec(when.of.count)?.[1];
  return (suffix as PlainUnit | undefined) ?? 'count';
}

const contract = ['item', 'class', 'tier', 'site', 'tenant', 'team', 'criticality'];

interface Condition {
  readonly value: string;
  /** Null where the value itself is the condition. */
  readonly above: number | null;
  /** What else has to be true, with `and` before it. */
  readonly guard: string;
}

/** The condition in PromQL. It keeps the labels of the contract and those of `by`, and no others. */
function conditionOf(operated: OperatedStack, job: string, { when }: PipelineAlert): Condition {
  const window = 'in' in when ? paced(operated, when.in) : '';
  const counted = (series: CountedSeries, by = series.by) => countedIn(series, by ?? [], window, job);
  if ('share' in when) {
    const by = when.share.by ?? [];
    const guard = ` and ${counted(when.of, by)} >= ${when.atLeast}`;
    return { value: `${counted(when.share, by)} / ${counted(when.of, by)}`, above: when.above, guard };
  }
  if ('quantile' in when) {
    const labels = [...contract, ...(when.of.by ?? []), 'le'].join(', ');
    const rates = `sum by (${labels}) (rate(${selector(when.of, '_bucket')}[${window}]))`;
    return { value: `histogram_quantile(${when.quantile}, ${rates})`, above: when.above, guard: '' };
  }
  if ('silent' in when) {
    const labels = [...contract, ...(when.silent.by ?? [])].join(', ');
    const before = `sum by (${labels}) (last_over_time(${selector(when.silent)}[${window}] offset ${window}))`;
    return { value: `${before} unless ${counted(when.silent)} > 0`, above: null, guard: '' };
  }
  return { value: counted(when), above: when.above, guard: '' };
}

/**
 * What was counted within a window. `increase` sees nothing of a series that has just begun, and what is rare is told by
 * its first line: such a series counts from zero, as far as its collector was scraped before it began.
 */
function countedIn(series: CountedSeries, by: readonly string[], window: string, job: string): string {
  const labels = [...contract, ...by].join(', ');
  const metric = selector(series);
  const begun = `(${metric} unless ${metric} offset ${window}) and on (job, instance) (up{job="${job}"} offset ${window} == 1)`;
  return `sum by (${labels}) (${begun} or increase(${metric}[${window}]))`;
}

function selector({ count, where = {} }: CountedSeries, suffix = ''): string {
  const matchers = Object.entries(where).map(([label, test]) => `${label}${matcher(test)}`);
  return matchers.length === 0 ? `${count}${suffix}` : `${count}${suffix}{${matchers.join(',')}}`;
}

function matcher(test: LabelTest): string {
  if (typeof test === 'string') return `=${JSON.stringify(test)}`;
  if ('not' in test) return `!=${JSON.stringify(test.not)}`;
  return 'matching' in test ? `=~${JSON.stringify(test.matching)}` : `!~${JSON.stringify(test.notMatching)}`;
}
