import type {
  CountedSeries,
  DerivationStep,
  JsonObject,
  LabelTest,
  PipelineAlert,
  Resource,
  SignalUnit,
} from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import { type OperatedStack, paced, runbookUrl } from '../operated-stack.ts';
import { type Collected, collectedBy } from './collected.ts';
import { logJob } from './scrape-jobs.ts';

/** One rule file for each pipeline that alerts, and one for the collectors themselves. */
export function compilePipelineRules(operated: OperatedStack): readonly Resource[] {
  if (!operated.stack.targets.includes('prometheus')) return [];
  return collectedBy(operated).flatMap((collected) => compileRules(operated, collected));
}

function compileRules(operated: OperatedStack, { pipeline, items, source }: Collected): readonly Resource[] {
  const alerts = pipeline.alerts ?? [];
  if (alerts.length === 0) return [];
  const name = `logs-${pipeline.id}`;
  const declared = (text: string, clauses: readonly string[] = []): DerivationStep => {
    return { kind: 'declaration', subject: pipeline.id, text, source: pipeline.source, clauses };
  };
  return [
    makeResource(operated, {
      type: 'prometheus-rules',
      name,
      target: 'prometheus',
      spec: {
        group: {
          name,
          interval: paced(operated, '30s'),
          rules: alerts.map((alert) => alertRule(operated, pipeline.with, alert)),
        },
      },
      items,
      clauses: alerts.flatMap(({ clauses }) => clauses),
      derivation: [
        declared(`${pipeline.title.en}.`, pipeline.clauses),
        {
          kind: 'declaration',
          subject: operated.stack.name,
          text: `The stack ${operated.stack.name} collects it for ${items.length} items.`,
          source,
        },
      ],
      parts: alerts.map((alert, index) => ({
        name: alert.name,
        pointer: `/group/rules/${index}`,
        derivation: [declared(`${alert.name}: ${describe(alert)}. ${alert.rationale}`, alert.clauses)],
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

function alertRule(operated: OperatedStack, backend: string, alert: PipelineAlert): JsonObject {
  const wait = paced(operated, alert.for);
  const template = (text: string) =>
    text.replaceAll(/\{([a-z_]+)\}/gi, (_, name: string) =>
      name === 'value' ? valueTemplates[unitOf(alert)] : `{{ $labels.${name} }}`,
    );
  return {
    alert: alert.name,
    expr: expressionOf(operated, logJob(backend), alert),
    ...(wait === '0s' ? {} : { for: wait }),
    labels: { severity: alert.severity },
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

/** The condition in PromQL. It keeps the labels of the contract and those of `by`, and no others. */
function expressionOf(operated: OperatedStack, job: string, { when }: PipelineAlert): string {
  const window = 'in' in when ? paced(operated, when.in) : '';
  const counted = (series: CountedSeries, by = series.by) => countedIn(series, by ?? [], window, job);
  if ('share' in when) {
    const by = when.share.by ?? [];
    return `${counted(when.share, by)} / ${counted(when.of, by)} > ${when.above} and ${counted(when.of, by)} >= ${when.atLeast}`;
  }
  if ('quantile' in when) {
    const labels = [...contract, ...(when.of.by ?? []), 'le'].join(', ');
    return `histogram_quantile(${when.quantile}, sum by (${labels}) (rate(${selector(when.of, '_bucket')}[${window}]))) > ${when.above}`;
  }
  if ('silent' in when) {
    const labels = [...contract, ...(when.silent.by ?? [])].join(', ');
    const before = `sum by (${labels}) (last_over_time(${selector(when.silent)}[${window}] offset ${window}))`;
    return `${before} unless ${counted(when.silent)} > 0`;
  }
  return `${counted(when)} > ${when.above}`;
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
