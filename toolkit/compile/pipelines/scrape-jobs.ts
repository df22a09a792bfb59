import type { RelabelRule } from '../../languages/relabelling/index.ts';
import { type JsonObject, pipelineBackends } from '../../model/index.ts';
import { type OperatedStack, paced } from '../operated-stack.ts';
import { collectedWith } from './collected.ts';
import { itemRelabelling } from './item-relabelling.ts';
import { madeMetrics } from './made-metrics.ts';
import { toRelabelling } from './to-relabelling.ts';

/** Scrape job of what a program of pipelines has counted. */
export function logJob(backend: string): string {
  return `logs-${backend}`;
}

/** Jobs of the programs of pipelines that count something. What is of no item keeps the labels of the collector. */
export function pipelineJobs(operated: OperatedStack): readonly JsonObject[] {
  const { stack, surroundings } = operated;
  return pipelineBackends.flatMap((backend) => {
    const collected = collectedWith(operated, backend);
    if (backend === 'prometheus' || collected.every(({ pipeline }) => madeMetrics(pipeline).length === 0)) return [];
    const labels = {
      item: `${stack.name}-${backend}`,
      class: 'log-collector',
      tier: stack.tier,
      site: stack.site,
      tenant: 'shared',
      team: stack.team,
      criticality: 'medium',
    };
    return [
      {
        job_name: logJob(backend),
        scrape_interval: paced(operated, '30s'),
        // The first scrape tries every sender's rule on every series: 5 s for a thousand senders with four each.
        scrape_timeout: surroundings.speed === 1 ? '30s' : '1s',
        static_configs: [{ targets: [surroundings.targetEndpoint(stack.name, backend)], labels }],
        metric_relabel_configs: [...itemRelabelling(collected), ...ownLabelsOf(backend)].map(plain),
      },
    ];
  });
}

/** Newer collectors put the name of the component that counted on every series; which one is nobody's question. */
function ownLabelsOf(backend: string): readonly RelabelRule[] {
  return backend === 'otelcol' ? [{ action: 'labeldrop', regex: 'otel_scope_.*' }] : [];
}

/** Rules that pipelines add to the jobs of classes, by the name of the job. */
export function jobRelabelling(operated: OperatedStack): ReadonlyMap<string, readonly JsonObject[]> {
  const byJob = new Map<string, readonly JsonObject[]>();
  for (const { pipeline } of collectedWith(operated, 'prometheus')) {
    if (pipeline.from.kind !== 'metrics') continue;
    const { job } = pipeline.from;
    byJob.set(job, [...(byJob.get(job) ?? []), ...toRelabelling(pipeline).map(plain)]);
  }
  return byJob;
}

function plain(rule: RelabelRule): JsonObject {
  const { source_labels: sources, ...others } = rule;
  return { ...(sources === undefined ? {} : { source_labels: [...sources] }), ...others };
}
