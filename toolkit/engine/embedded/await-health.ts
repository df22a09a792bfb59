import { counted } from '../../diagnostics/index.ts';
import type { HealthReport, ObjectReference } from '../../model/index.ts';
import { bounded } from './bounded.ts';
import { engineDiagnostics } from './engine-diagnostics.ts';
import { type Run, stackOf } from './run.ts';
import { reasonOf, type TargetRun } from './target-run.ts';

/** Waits until what was applied works, or the time is over: in every target that accepted something in this run. */
export async function awaitHealth(run: Run): Promise<readonly HealthReport[]> {
  if (run.options.healthTimeoutMs <= 0 || run.options.signal.aborted) return [];
  const asked = [...run.committed].filter((key) => !run.notRunning.has(key));
  const touched = asked.flatMap((key) => run.targets.get(key) ?? []);
  const reports = await Promise.all(touched.map((target) => healthOfTarget(run, target)));
  return reports.flat();
}

async function healthOfTarget(run: Run, target: TargetRun): Promise<readonly HealthReport[]> {
  const { stack, target: name } = target;
  const { healthTimeoutMs, onEvent, signal } = run.options;
  const references = writtenTo(run, target);
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
    return [];
  }
  for (const report of reports) {
    onEvent({ kind: 'health', report });
    if (report.amissBefore !== undefined)
      run.diagnostics.push(
        engineDiagnostics.create(
          'amiss-before',
          { ...report, detail: report.amissBefore },
          { subject: report.address },
        ),
      );
    if (!report.healthy)
      run.diagnostics.push(engineDiagnostics.create('not-healthy', report, { subject: report.address }));
  }
  const unhealthy = reports.filter(({ healthy }) => !healthy).length;
  run.stacks.get(stack)?.journal.note({ kind: 'health', target: name, healthy: reports.length - unhealthy, unhealthy });
  return reports;
}

/** A provider gets its whole time and a little more to say so, before it counts as hanging. */
const graceMs = 5_000;

function writtenTo(run: Run, { stack, target }: TargetRun): readonly ObjectReference[] {
  const { resources } = run.stacks.get(stack)?.journal.record ?? { resources: new Map() };
  return run.plan.changes.flatMap(({ address, change }) => {
    const isOurs = stackOf(address) === stack && 'desired' in change && change.desired.target === target;
    const record = resources.get(address);
    if (!isOurs || record === undefined || run.outcomes.get(address)?.status !== 'done') return [];
    return [{ address, type: record.type, spec: record.spec }];
  });
}

function interruption(signal: AbortSignal): Promise<readonly HealthReport[]> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve([]);
    else signal.addEventListener('abort', () => resolve([]), { once: true });
  });
}
