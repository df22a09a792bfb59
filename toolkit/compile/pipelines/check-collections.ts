import { type Diagnostic, nearestName } from '../../diagnostics/index.ts';
import { relabel } from '../../languages/relabelling/index.ts';
import { describeSelection, metricTable, pipelineBackends } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { jobName } from '../read-signal.ts';
import { checkLogStatements } from './alert-overrides.ts';
import { checkPipeline } from './check-pipeline.ts';
import { type Collected, collectedBy, sourcesOf, upstreamFields } from './collected.ts';
import { madeMetrics } from './made-metrics.ts';
import { pipelineDiagnostics } from './pipeline-diagnostics.ts';
import { senderNames } from './senders.ts';
import { toRelabelling } from './to-relabelling.ts';

/** What is wrong with the pipelines of a stack, each and together. A pipeline that several stacks collect is told once. */
export function checkCollections(operated: OperatedStack, seen: Set<string>): readonly Diagnostic[] {
  const all = collectedBy(operated);
  return [
    ...findTwice(all),
    ...findSharedMetrics(all),
    ...findManySenders(operated, all),
    ...checkLogStatements(operated),
    ...all.flatMap((one) => [
      ...checkPlace(operated, one),
      ...checkSenders(one),
      ...checkSource(one, all),
      ...checkJob(operated, one),
      ...checkOnce(one, all, seen),
    ]),
  ];
}

function checkOnce({ pipeline }: Collected, all: readonly Collected[], seen: Set<string>): readonly Diagnostic[] {
  if (seen.has(pipeline.id)) return [];
  seen.add(pipeline.id);
  return checkPipeline(pipeline, upstreamFields(pipeline, all));
}

function findTwice(all: readonly Collected[]): readonly Diagnostic[] {
  const repeated = all.filter((one, index) => all.findIndex(({ pipeline }) => pipeline.id === one.pipeline.id) < index);
  return repeated.map(({ pipeline, stack, source }) =>
    pipelineDiagnostics.create(
      'declared-twice',
      { pipeline: pipeline.id, stack: stack.name },
      { position: source, subject: pipeline.id },
    ),
  );
}

/** Two pipelines of one stack may not make one metric: nobody could say which of them a series is of. */
function findSharedMetrics(all: readonly Collected[]): readonly Diagnostic[] {
  const makers = new Map<string, string>();
  return all.flatMap(({ pipeline, source }) =>
    madeMetrics(pipeline).flatMap(({ name }) => {
      const first = makers.get(name) ?? pipeline.id;
      makers.set(name, first);
      if (first === pipeline.id) return [];
      const facts = { metric: name, first, second: pipeline.id };
      return [pipelineDiagnostics.create('metric-twice', facts, { position: source, subject: pipeline.id })];
    }),
  );
}

/** As measured with Prometheus 2.42: what is beyond would not end within the first scrape. */
const manySenders = 2000;

/** Every series is tried against the rule of each sender when it is first seen, so the work grows with their product. */
function findManySenders({ stack }: OperatedStack, all: readonly Collected[]): readonly Diagnostic[] {
  return pipelineBackends.flatMap((backend) => {
    const sent = all.filter(({ pipeline }) => pipeline.with === backend && pipeline.sender !== undefined);
    const senders = sent.reduce((sum, { items }) => sum + items.length, 0);
    if (senders <= manySenders) return [];
    const facts = { stack: stack.name, backend, senders };
    return [pipelineDiagnostics.create('senders-many', facts, { position: stack.source, subject: stack.name })];
  });
}

function checkPlace({ stack }: OperatedStack, { pipeline, items, source }: Collected): readonly Diagnostic[] {
  const at = { position: source, subject: pipeline.id };
  const facts = { pipeline: pipeline.id, stack: stack.name };
  const selection = stack.collections.find((one) => one.source === source)?.selection;
  const selected = selection === undefined ? '' : describeSelection(selection);
  return [
    ...(items.length === 0
      ? [pipelineDiagnostics.create('collects-nothing', { ...facts, selection: selected }, at)]
      : []),
    ...(stack.targets.includes(pipeline.with)
      ? []
      : [pipelineDiagnostics.create('target-missing', { ...facts, target: pipeline.with }, at)]),
  ];
}

function checkSenders({ pipeline, items, stack, source }: Collected): readonly Diagnostic[] {
  const at = { position: source, subject: pipeline.id };
  if (pipeline.from.kind === 'metrics') return [];
  if (pipeline.sender === undefined) {
    if (items.length < 2) return [];
    const facts = { pipeline: pipeline.id, items: items.length, stack: stack.name };
    return [pipelineDiagnostics.create('sender-unknown', facts, at)];
  }
  const byName = Map.groupBy(
    items.flatMap((item) => senderNames(item).map((name) => ({ name, id: item.id }))),
    ({ name }) => name,
  );
  return [...byName].flatMap(([name, claims]) => {
    const ids = [...new Set(claims.map(({ id }) => id))];
    if (ids.length < 2) return [];
    return [pipelineDiagnostics.create('sender-ambiguous', { pipeline: pipeline.id, name, items: ids }, at)];
  });
}

function checkSource({ pipeline, stack, source }: Collected, all: readonly Collected[]): readonly Diagnostic[] {
  if (pipeline.from.kind !== 'pipeline') return [];
  const at = { position: source, subject: pipeline.id };
  const [first] = sourcesOf(pipeline, all);
  if (first === undefined || first.from.kind !== 'pipeline') return [];
  const missing = first.from.id;
  const others = all.filter((other) => other.pipeline.with === pipeline.with).map((other) => other.pipeline.id);
  if (others.includes(missing)) {
    const path = [missing, ...sourcesOf(pipeline, all).map(({ id }) => id)];
    return [pipelineDiagnostics.create('source-circle', { path }, at)];
  }
  if (first !== pipeline) return [];
  const nearest = nearestName(missing, others);
  return [
    pipelineDiagnostics.create(
      'source-unknown',
      { pipeline: pipeline.id, from: missing, stack: stack.name, nearest },
      at,
    ),
  ];
}

/** Whether the job is there, and keeps every metric that a signal of its class is read from. */
function checkJob({ catalogue, stack }: OperatedStack, { pipeline, source }: Collected): readonly Diagnostic[] {
  if (pipeline.from.kind !== 'metrics') return [];
  const { job } = pipeline.from;
  const at = { position: source, subject: pipeline.id };
  const jobs = catalogue.classes.flatMap((one) =>
    Object.keys(one.sources).map((key) => ({ name: jobName(one.id, key), key, objectClass: one })),
  );
  const found = jobs.find(({ name }) => name === job);
  if (found === undefined) {
    const nearest = nearestName(
      job,
      jobs.map(({ name }) => name),
    );
    return [pipelineDiagnostics.create('job-unknown', { pipeline: pipeline.id, job, stack: stack.name, nearest }, at)];
  }
  const rules = toRelabelling(pipeline);
  return (
    metricTable(found.objectClass)
      // Prometheus makes `up` and its like itself, behind the relabelling.
      .filter(({ source: of, name }) => of === found.key && name !== 'up' && !name.startsWith('scrape_'))
      .filter(({ name }) => relabel({ __name__: name }, rules)?.['__name__'] !== name)
      .map(({ name, signals }) =>
        pipelineDiagnostics.create('signal-lost', { pipeline: pipeline.id, job, metric: name, signals }, at),
      )
  );
}
