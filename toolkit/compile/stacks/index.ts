import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Address, Resource } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { compileBlackbox } from './blackbox.ts';
import { compilePrometheusConfig } from './prometheus-config.ts';
import { compileTargets, scrapeJobs } from './targets.ts';

/** What runs at a control point: its target lists, its probe modules, and the main configuration that reads them. */
export function compileCollection(operated: OperatedStack): {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
} {
  if (!operated.stack.targets.includes('prometheus')) return { resources: [], diagnostics: [] };
  const jobs = scrapeJobs(operated).filter(
    ({ source }) => source.kind === 'exporter' || operated.stack.targets.includes('blackbox'),
  );
  const blackbox = compileBlackbox(operated, jobs);
  const probes = blackbox.resource === null ? [] : [blackbox.resource];
  // A probe with a module that the exporter does not know yet fails, and would alert. Nothing else has to wait.
  const dependsOn: readonly Address[] = probes.map(({ address }) => address);
  const targets = jobs.map((job) => compileTargets(operated, job, job.source.kind === 'probe' ? dependsOn : []));
  return {
    resources: [...probes, ...targets, compilePrometheusConfig(operated, jobs, dependsOn)],
    diagnostics: blackbox.diagnostics,
  };
}
