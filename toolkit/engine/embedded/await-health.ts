import { counted } from '../../diagnostics/index.ts';
import type { Address, HealthReference, HealthReport } from '../../model/index.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { bounded } from '../targets/bounded.ts';
import { reasonOf, type TargetRun, targetKey } from '../targets/target-run.ts';
import { type Run, stackOf } from './run.ts';

/**
 * Waits until what was applied works, or the time is over: in every target that accepted something in this run, and what an
 * earlier run had not seen to work. That is remembered until it is seen to: who repeats a command has mended nothing.
 */
export async function awaitHealth(run: Run): Promise<readonly HealthReport[]> {
  if (run.options.signal.aborted) return [];
  const targets = [...run.targets].flatMap(([key, target]) => {
    if (run.notRunning.has(key)) return [];
    const isWaitedFor = run.committed.has(key) && run.options.healthTimeoutMs > 0;
    const written = isWaitedFor ? writtenTo(run, target) : [];
    const asked: readonly Address[] = written.map(({ address }) => address);
    const remembered = rememberedIn(run, target).filter(({ address }) => !asked.includes(address));
    return isWaitedFor || remembered.length > 0 ? [{ target, references: [...written, ...remembered] }] : [];
  });
  const reports = await Promise.all(targets.map(({ target, references }) => healthOfTarget(run, target, references)));
  return reports.flat();
}

async function healthOfTarget(
  run: Run,
  target: TargetRun,
  references: readonly HealthReference[],
): Promise<readonly HealthReport[]> {
  const { stack, target: name } = target;
  const { onEvent, signal } = run.options;
  const healthTimeoutMs = patienceFor(run, target);
  const journal = run.stacks.get(stack)?.journal;
  const before = new Set(journal?.record.unhealthy.keys());
  if (references.length > 0) {
    const message = `waiting for ${counted(references.length, 'object')}`;
    onEvent({ kind: 'waiting-for-health', stack, target: name, message });
  }
  let reports: readonly HealthReport[];
  try {
    const patience = healthTimeoutMs + graceMs;
    reports = await Promise.race([
      bounded(() => target.session.health(references, healthTimeoutMs), patience),
      interruption(signal),
    ]);
  } catch (error) {
    const facts = { stack, target: name, reason: reasonOf(error) };
    run.diagnostics.push(engineDiagnostics.create('health-unknown', facts, { subject: `${stack}/${name}` }));
    const failing = Object.fromEntries(references.map(({ address, excused = [] }) => [address, excused]));
    journal?.note({ kind: 'health', target: name, healthy: 0, unhealthy: references.length, failing });
    return [];
  }
  for (const report of reports) {
    onEvent({ kind: 'health', report });
    tellHealth(run, report, before.has(report.address));
  }
  // Who could not look has no new excuses, and the former ones hold.
  const known = new Map(references.map(({ address, excused = [] }) => [address, excused]));
  const failing = Object.fromEntries(
    reports
      .filter(({ healthy }) => !healthy)
      .map(({ address, excused }) => [address, excused ?? known.get(address) ?? []]),
  );
  const working = reports
    .filter(({ healthy, address }) => healthy && before.has(address))
    .map(({ address }) => address);
  run.recovered.push(...working);
  const unhealthy = Object.keys(failing).length;
  journal?.note({ kind: 'health', target: name, healthy: reports.length - unhealthy, unhealthy, failing, working });
  return reports;
}

/** A server that did not answer when the plan was made, and that nothing was given to since, is asked once. */
function patienceFor({ plan, committed, options }: Run, { stack, target }: TargetRun): number {
  const isSilent = plan.running.some(
    (entry) => entry.stack === stack && entry.target === target && entry.running.state === 'not-answering',
  );
  return isSilent && !committed.has(targetKey(stack, target)) ? 0 : options.healthTimeoutMs;
}

function tellHealth({ diagnostics }: Run, report: HealthReport, wasUnhealthy: boolean): void {
  const about = { subject: report.address };
  if (report.amissBefore !== undefined)
    diagnostics.push(engineDiagnostics.create('amiss-before', { ...report, detail: report.amissBefore }, about));
  if (!report.healthy)
    diagnostics.push(engineDiagnostics.create(wasUnhealthy ? 'still-not-healthy' : 'not-healthy', report, about));
}

/** Of this target, what an earlier run had not seen to work; a plan of some objects is not about the others. */
function rememberedIn(run: Run, { stack, target }: TargetRun): readonly HealthReference[] {
  const { record } = run.stacks.get(stack)?.journal ?? {};
  if (record === undefined || run.plan.selection.targets.length > 0) return [];
  return [...record.unhealthy].flatMap(([address, excused]) => {
    const resource = record.resources.get(address);
    return resource?.target === target ? [{ address, type: resource.type, spec: resource.spec, excused }] : [];
  });
}

/** A provider gets its whole time and a little more to say so, before it counts as hanging. */
const graceMs = 5_000;

function writtenTo(run: Run, { stack, target }: TargetRun): readonly HealthReference[] {
  const { record } = run.stacks.get(stack)?.journal ?? {};
  if (record === undefined) return [];
  return run.plan.changes.flatMap(({ address, change }) => {
    const isOurs = stackOf(address) === stack && 'desired' in change && change.desired.target === target;
    const resource = record.resources.get(address);
    if (!isOurs || resource === undefined || run.outcomes.get(address)?.status !== 'done') return [];
    const excused = record.unhealthy.get(address);
    const reference = { address, type: resource.type, spec: resource.spec };
    return [excused === undefined ? reference : { ...reference, excused }];
  });
}

function interruption(signal: AbortSignal): Promise<readonly HealthReport[]> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve([]);
    else signal.addEventListener('abort', () => resolve([]), { once: true });
  });
}
