import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Address, Resource } from '../../model/index.ts';
import { compileDiagnostics } from '../compile-diagnostics.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { findAskedTwice } from './asked-twice.ts';
import { checkModules } from './check-modules.ts';
import { compileCollectorConfig } from './collector-config.ts';
import { type CollectedSource, collectors } from './collectors.ts';
import { compilePrometheusConfig, type PipelineScraping } from './prometheus-config.ts';
import { compileSecretFiles } from './secret-files.ts';
import { compileTargets, type ScrapeJob, scrapeJobs } from './targets.ts';
import { compileWatch } from './watch.ts';

/** What runs at a control point: its target lists, the modules of its collectors, and the main configuration that reads them. */
export function compileCollection(
  operated: OperatedStack,
  pipelines: PipelineScraping,
): {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const { targets: has } = operated.stack;
  if (!has.includes('prometheus')) return { resources: [], diagnostics: [] };
  const [jobs, unserved] = split(scrapeJobs(operated), ({ source }) => {
    return source.kind === 'exporter' || has.includes(collectors[source.kind].target);
  });
  const kinds = Object.keys(collectors) as readonly CollectedSource['kind'][];
  const configs = kinds.map((kind) => ({ kind, ...compileCollectorConfig(operated, jobs, kind) }));
  // A question with a module that the collector does not know yet fails, and would alert. Nothing else has to wait.
  const waitsFor = new Map<string, readonly Address[]>(
    configs.map(({ kind, resource }) => [kind, resource === null ? [] : [resource.address]]),
  );
  const secrets = compileSecretFiles(operated, jobs);
  const before = [...[...waitsFor.values()].flat(), ...secrets.map(({ address }) => address)];
  const targets = jobs.map((job) => compileTargets(operated, job, waitsFor.get(job.source.kind) ?? []));
  return {
    resources: [
      ...configs.flatMap(({ resource }) => resource ?? []),
      ...secrets,
      ...targets,
      compilePrometheusConfig(operated, jobs, before, pipelines),
      compileWatch(operated, jobs),
    ],
    diagnostics: [
      ...configs.flatMap(({ diagnostics }) => diagnostics),
      ...checkModules(jobs),
      ...findAskedTwice(operated, jobs),
      ...findUnserved(operated, unserved),
    ],
  };
}

/** Without a blackbox exporter nothing is probed, which is a choice; a device that nobody asks is a gap that no alert tells. */
function findUnserved({ stack }: OperatedStack, jobs: readonly ScrapeJob[]): readonly Diagnostic[] {
  const byTarget = Map.groupBy(jobs, ({ source }) =>
    source.kind === 'exporter' ? '' : collectors[source.kind].target,
  );
  return [...byTarget].flatMap(([target, asked]) => {
    if (target === '' || target === 'blackbox') return [];
    const items = [...new Set(asked.flatMap((job) => job.items.map(({ id }) => id)))].sort();
    const facts = { stack: stack.name, target, items };
    return [compileDiagnostics.create('collector-missing', facts, { position: stack.source, subject: stack.name })];
  });
}

function split<Value>(
  values: readonly Value[],
  isFirst: (value: Value) => boolean,
): readonly [readonly Value[], readonly Value[]] {
  return [values.filter(isFirst), values.filter((value) => !isFirst(value))];
}
