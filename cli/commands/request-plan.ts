import { makePlan, type Refire } from '../../toolkit/operate/index.ts';
import { isEmptyPlan, type Plan } from '../../toolkit/plan/index.ts';
import { type ExitName, exitOfDiagnostics } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { blocked, type Opened } from './open-content.ts';
import type { PlanningValues } from './plan-options.ts';
import { today } from './today.ts';

export interface PlanWishes extends Omit<PlanningValues, 'engine'> {
  readonly destroy?: boolean;
  readonly isAudit?: boolean;
}

/** The plan, or how the command ends without one; what was found on the way is told. */
export type PlanAnswer =
  | { readonly kind: 'planned'; readonly plan: Plan; readonly refires: readonly Refire[] }
  | { readonly kind: 'ended'; readonly exit: ExitName };

/** More deletes than these in one plan are a brake, until somebody has reviewed them. */
const brakes = { maxDeletes: 20, maxDeleteShare: 0.25 };

export async function requestPlan(session: Session, opened: Opened, wishes: PlanWishes): Promise<PlanAnswer> {
  const { repository, content, wiring } = opened;
  const { io, progress } = session;
  progress.report(wishes.offline ? 'Planning against the recorded state' : 'Reading the targets');
  const {
    value: plan,
    diagnostics,
    refires,
  } = await makePlan(repository, content, wiring, {
    stacks: wishes.stack,
    targets: wishes.target,
    exclude: wishes.exclude,
    offline: wishes.offline,
    destroy: wishes.destroy ?? false,
    isAudit: wishes.isAudit ?? false,
    adopt: wishes.adopt,
    targetMoved: wishes.targetMoved,
    brakes: { ...brakes, allowedDeletes: wishes.allowDeletes, allowEmpty: wishes.destroy ?? false },
    today: today(io.now()),
    parallel: wishes.parallel,
    onProgress: progress.report,
    signal: io.signal,
  });
  session.tell(diagnostics);
  io.signal.throwIfAborted();
  if (plan === null) return { kind: 'ended', exit: blocked(diagnostics) };
  // A plan of what a slip of the pen selects would say that there is nothing to do.
  const slips = plan.findings.filter(({ code }) => code === 'plan/pattern-matches-nothing');
  session.tell(slips);
  return slips.length === 0 ? { kind: 'planned', plan, refires } : { kind: 'ended', exit: 'usage' };
}

/** How a plan ends that nobody carries out: what would keep apply from starting keeps this from ending as done. */
export function exitOfPlan(plan: Plan, session: Session, isDetailed: boolean): ExitName {
  const findings = exitOfDiagnostics(plan.findings, session.globals.failOn);
  if (findings !== 'done') return findings;
  if (plan.brakes.length > 0) return 'refused';
  if (plan.unasked !== undefined) return 'failure';
  return isDetailed && !isEmptyPlan(plan) ? 'changes' : 'done';
}
