import { counted } from '../../diagnostics/index.ts';
import type { Address, HealthReference, HealthReport } from '../../model/index.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ServerNote } from '../engine.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import type { LoadedStack } from '../state/load-stack.ts';
import { unseen } from '../state/stack-record.ts';
import { bounded } from '../targets/bounded.ts';
import { reasonOf, type TargetRun, targetKey } from '../targets/target-run.ts';
import { noteAwaited } from './note-awaited.ts';
import { type Run, stackOf } from './run.ts';

/**
 * Waits until what was applied works, or the time is over: in every target that accepted something in this run, and what an
 * earlier run had not seen to work. That is remembered until it is seen to: who repeats a command has mended nothing.
 */
export async function awaitHealth(run: Run): Promise<readonly HealthReport[]> {
  if (run.options.signal.aborted) return [];
  const targets = [...run.targets].flatMap(([key, target]) => {
    const isWaitedFor = run.committed.has(key) && run.options.healthTimeoutMs > 0;
    const written = isWaitedFor ? writtenTo(run, target) : [];
    const asked = new Set(written.map(({ address }) => address));
    noteAwaited(run, target.stack, target.target, [...asked]);
    if (run.notRunning.has(key)) return [];
    const remembered = rememberedIn(run, target).filter(({ address }) => !asked.has(address));
    return isWaitedFor || remembered.length > 0 ? [{ target, references: [...written, ...remembered] }] : [];
  });
  for (const { journal } of run.stacks.values()) await journal.flush();
  const reports = await Promise.all(targets.map(({ target, references }) => healthOfTarget(run, target, references)));
  return reports.flat();
}

/** Targets with objects that an earlier run had not seen to work; a plan of some objects is not about the others. */
export function rememberedTargets(
  { selection }: Plan,
  loaded: ReadonlyMap<string, Pick<LoadedStack, 'record'>>,
): readonly ServerNote[] {
  if (selection.targets.length > 0) return [];
  return [...loaded].flatMap(([stack, { record }]) => {
    const resources = [...unseen(record).keys()].flatMap((address) => record.resources.get(address) ?? []);
    return [...new Set(resources.map(({ target }) => target))].map((target) => ({ stack, target }));
  });
}

async function healthOfTarget(
  run: Run,
  target: TargetRun,
  references: readonly HealthReference[],
): Promise<readonly HealthReport[]> {
  const { stack, target: name } = target;
  const { onEvent, signal, healthTimeoutMs } = run.options;
  const journal = run.stacks.get(stack)?.journal;
  const before = leftUnseen(run, stack);
  if (references.length > 0) {
    const message = `waiting for ${counted(references.length, 'object')}`;
    onEvent({ kind: 'waiting-for-health', stack, target: name, message });
  }
  if (!run.committed.has(targetKey(stack, name)) && (await isSilent(run, target))) return [];
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
  if (signal.aborted) return [];
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
  // That files are in place says nothing of what works.
  const onlyInPlace = new Set(reports.filter(({ extent }) => extent === 'in-place').map(({ address }) => address));
  run.recovered.push(...working.filter((address) => !onlyInPlace.has(address)));
  const unhealthy = Object.keys(failing).length;
  journal?.note({ kind: 'health', target: name, healthy: reports.length - unhealthy, unhealthy, failing, working });
  return reports;
}

/** A server that did not answer when the plan was made and does not yet: that is told once, and what it has to say is awaited. */
async function isSilent({ plan }: Run, { stack, target, session, timeouts }: TargetRun): Promise<boolean> {
  const wasSilent = plan.running.some(
    (entry) => entry.stack === stack && entry.target === target && entry.running.state === 'not-answering',
  );
  if (!wasSilent) return false;
  try {
    return (await bounded(() => session.compareRunning(), timeouts.readMs)).state === 'not-answering';
  } catch {
    return true;
  }
}

/** By an earlier run, whether it looked or was cut off. */
function leftUnseen({ stacks, outcomes }: Run, stack: string): ReadonlySet<Address> {
  const { record } = stacks.get(stack)?.journal ?? {};
  const cutOff = [...(record?.awaited.keys() ?? [])].filter((address) => !outcomes.has(address));
  return new Set([...(record?.unhealthy.keys() ?? []), ...cutOff]);
}

function tellHealth({ diagnostics }: Run, report: HealthReport, wasUnhealthy: boolean): void {
  const about = { subject: report.address };
  if (report.amissBefore !== undefined && !wasUnhealthy)
    diagnostics.push(engineDiagnostics.create('amiss-before', { ...report, detail: report.amissBefore }, about));
  if (!report.healthy)
    diagnostics.push(engineDiagnostics.create(wasUnhealthy ? 'still-not-healthy' : 'not-healthy', report, about));
}

/** Of this target, what an earlier run had not seen to work, unless a plan of some objects is not about it. */
function rememberedIn(run: Run, { stack, target }: TargetRun): readonly HealthReference[] {
  const { record } = run.stacks.get(stack)?.journal ?? {};
  if (record === undefined) return [];
  const others = run.plan.selection.targets.length > 0 ? [] : record.unhealthy;
  const awaited = [...record.awaited.keys()].map((address) => [address, record.unhealthy.get(address) ?? []] as const);
  return [...new Map([...awaited, ...others])].flatMap(([address, excused]) => {
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
