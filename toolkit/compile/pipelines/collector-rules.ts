import { type JsonObject, pipelineBackends, type Resource } from '../../model/index.ts';
import { labelAmong } from '../label-among.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { itemsOfClass, type OperatedStack, paced, runbookUrl } from '../operated-stack.ts';
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
  const unwatched = jobs.filter((job) => !isItem(operated, job));
  const rules = [
    ...(unwatched.length === 0 ? [] : [down(operated, unwatched)]),
    ...(hasSenders(counting) ? [unknownSender(operated, series)] : []),
  ];
  if (rules.length === 0) return [];
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

/** Classes whose items are such programs, and have an alert of their own. */
const classes: Readonly<Record<string, string>> = { mtail: 'mtail', vector: 'vector', otelcol: 'otel-collector' };

/**
 * Whether the program of a job is an item as well, so that its class tells when it is down and nobody is called twice:
 * one of the same endpoint, or the only one that the stack has, whose address may be another name of the machine.
 */
function isItem(operated: OperatedStack, job: string): boolean {
  const backend = job.slice(logJob('').length);
  const objectClass = operated.catalogue.classes.find(({ id }) => id === classes[backend]);
  if (objectClass === undefined) return false;
  const items = itemsOfClass(operated, objectClass.id);
  const { surroundings, stack } = operated;
  const own = surroundings.targetEndpoint(stack.name, backend);
  const endpoints = items.flatMap(({ attributes }) =>
    Object.values(objectClass.sources).map((source) => surroundings.endpoint(source.endpoint(attributes))),
  );
  return items.length === 1 || endpoints.includes(own);
}

function hasSenders(counting: ReturnType<typeof collectedWith>): boolean {
  return counting.some(({ pipeline }) => pipeline.sender !== undefined);
}

function down(operated: OperatedStack, jobs: readonly string[]): JsonObject {
  return {
    alert: 'LogCollectorDown',
    expr: `up{${labelAmong('job', jobs)}} == 0`,
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
