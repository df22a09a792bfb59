import { type JsonObject, pipelineBackends, type Resource } from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { type OperatedStack, paced, runbookUrl } from '../operated-stack.ts';
import { collectedWith } from './collected.ts';
import { madeMetrics, seriesNames } from './made-metrics.ts';
import { logJob } from './scrape-jobs.ts';

/** Behind `runbookBase`. */
export const collectorRunbook = 'logs/collector';

const contract = 'item, class, tier, site, tenant, team, criticality';

/**
 * What is told of the programs of pipelines themselves: without them no alert on logs fires, and what an unknown sender
 * writes reaches nobody's team.
 */
export function compileCollectorRules(operated: OperatedStack): readonly Resource[] {
  const counting = pipelineBackends
    .filter((backend) => backend !== 'prometheus')
    .flatMap((backend) => collectedWith(operated, backend))
    .filter(({ pipeline }) => madeMetrics(pipeline).length > 0);
  if (counting.length === 0 || !operated.stack.targets.includes('prometheus')) return [];
  const jobs = [...new Set(counting.map(({ pipeline }) => logJob(pipeline.with)))].sort();
  const series = counting.flatMap(({ pipeline }) => madeMetrics(pipeline).map((metric) => seriesNames(metric).at(-1)));
  const rules = [down(operated, jobs), ...(hasSenders(counting) ? [unknownSender(operated, series)] : [])];
  return [
    makeResource(operated, {
      type: 'prometheus-rules',
      name: 'log-collectors',
      target: 'prometheus',
      spec: { group: { name: 'log-collectors', interval: paced(operated, '30s'), rules } },
      items: counting.flatMap(({ items }) => items),
      clauses: ['S0:7.1.1.5.c/1'],
      derivation: [operatedStep(operated, `${counting.length} pipelines that count`)],
      parts: rules.map((rule, index) => ({
        name: String(rule['alert']),
        pointer: `/group/rules/${index}`,
        derivation: [operatedStep(operated, `pipelines of ${jobs.join(', ')}`)],
      })),
    }),
  ];
}

function hasSenders(counting: ReturnType<typeof collectedWith>): boolean {
  return counting.some(({ pipeline }) => pipeline.sender !== undefined);
}

function down(operated: OperatedStack, jobs: readonly string[]): JsonObject {
  return {
    alert: 'LogCollectorDown',
    expr: `up{job=~"${jobs.join('|')}"} == 0`,
    for: paced(operated, '5m'),
    labels: { severity: 'warning' },
    annotations: {
      summary_en: 'The collector {{ $labels.item }} does not answer; no alert on logs fires',
      summary_zh: '采集程序 {{ $labels.item }} 无应答,日志告警均不会触发',
      runbook_url: runbookUrl(operated, collectorRunbook),
    },
  };
}

/** Seen in Alertmanager and told to nobody: a new host is unknown until the CMDB has it. */
function unknownSender(operated: OperatedStack, series: readonly (string | undefined)[]): JsonObject {
  return {
    alert: 'LogSenderUnknown',
    expr: `count by (${contract}, sender) ({__name__=~"${series.join('|')}",class="log-collector",sender!=""}) > 0`,
    for: paced(operated, '1h'),
    labels: { severity: 'info' },
    annotations: {
      summary_en: '{{ $labels.sender }} sends logs at {{ $labels.site }}, and the CMDB knows no such item',
      summary_zh: '{{ $labels.sender }} 在 {{ $labels.site }} 发送日志,但 CMDB 中没有此配置项',
      runbook_url: runbookUrl(operated, collectorRunbook),
    },
  };
}
