import { counted, type Diagnostic, isAtLeast, nearestName } from '../../toolkit/diagnostics/index.ts';
import type { ApplyEvent, ApplyResult } from '../../toolkit/engine/engine.ts';
import { createSecretResolver, type Refire } from '../../toolkit/operate/index.ts';
import { isEmptyPlan, type Plan } from '../../toolkit/plan/index.ts';
import { duration, flag, type OptionValues, text } from '../arguments/option.ts';
import { type ExitName, exitOfDiagnostics } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { type AcceptedCommit, applyView } from '../views/apply-view.ts';
import { harmless } from '../views/harmless.ts';
import { planResultView } from '../views/plan-result-view.ts';
import { applyDiagnostics } from './apply-diagnostics.ts';
import { confirm } from './confirm.ts';
import { lockTimeout } from './lock-options.ts';
import { type Opened, wireFor } from './open-content.ts';
import { withoutRepeats } from './without-repeats.ts';

/** Options of every command that changes the world. */
export const applyingOptions = {
  yes: flag('-y, --yes', 'Do not ask.'),
  approvedBy: text(
    '--approved-by <person>',
    'Who approved what policies say needs an approval, by id; goes into the history.',
    { completion: 'person' },
  ),
  lockTimeout,
  healthTimeout: duration(
    '--health-timeout <duration>',
    'How long what was applied may take to work; 0 does not wait.',
    '2m',
  ),
};

export type ApplyingValues = OptionValues<typeof applyingOptions>;

export interface CarryOutWishes extends ApplyingValues {
  readonly parallel: number;
  readonly question: string;
  /** The one answer that is a yes. */
  readonly expected: string;
}

/** A plan that was just made, and what it would do to alerts that are active. */
export interface Planned {
  readonly plan: Plan;
  readonly refires: readonly Refire[];
}

/** Shows a plan that was just made, asks, and applies it. */
export async function carryOut(
  session: Session,
  opened: Opened,
  { plan, refires }: Planned,
  wishes: CarryOutWishes,
): Promise<ExitName> {
  session.show(planResultView, { plan, refires, file: null, isCarriedOut: true });
  const obstacles = obstaclesOf(plan, session, wishes.approvedBy);
  if (obstacles.length > 0) return refuse(session, obstacles);
  // Nothing to ask for where nothing is changed; a server that did not answer, and what did not work, is still waited for.
  if (isEmptyPlan(plan)) return isAwaiting(plan) ? await applyNow(session, opened, plan, wishes) : endOf(plan, 'done');
  const refusal = wishes.yes ? null : await confirm(session, wishes.question, wishes.expected);
  return refusal ?? (await applyNow(session, opened, plan, wishes));
}

/** Applies without asking: the plan is a saved one, or was confirmed. */
export async function applyNow(
  session: Session,
  { wiring, repository }: Pick<Opened, 'wiring' | 'repository'>,
  plan: Plan,
  wishes: Pick<CarryOutWishes, 'lockTimeout' | 'healthTimeout' | 'parallel' | 'approvedBy'>,
): Promise<ExitName> {
  const obstacles = obstaclesOf(plan, session, wishes.approvedBy);
  if (obstacles.length > 0) {
    // Nobody has shown the plan, so what stops it was not seen yet.
    session.tell(plan.findings.filter((finding) => isStop(finding, session)));
    return refuse(session, obstacles);
  }
  const { engine } = wireFor(session, repository);
  const resolveSecret = createSecretResolver(repository.root, session.io.env);
  const commits: AcceptedCommit[] = [];
  const tellOnce = withoutRepeats();
  const result = await engine.apply(plan, {
    bindings: repository.bindings.targets,
    providers: wiring.providers,
    parallel: wishes.parallel,
    healthTimeoutMs: wishes.healthTimeout,
    lockTimeoutMs: wishes.lockTimeout,
    approvedBy: wishes.approvedBy,
    onEvent(event) {
      if (event.kind === 'commit-done' && event.accepted) commits.push(event);
      if (tellOnce(event)) follow(session, event);
    },
    signal: session.io.signal,
    async resolveSecret(reference) {
      const secret = await resolveSecret(reference);
      session.secrets.learn(secret);
      return secret;
    },
  });
  session.tell(result.diagnostics);
  session.show(applyView, { plan, result, commits });
  return endOf(plan, exitOfApply(result), result);
}

/** What was left alone because its target could not be asked is not done, however well the rest went. */
export function endOf(
  { unasked }: Plan,
  exit: ExitName,
  { outcomes }: Pick<ApplyResult, 'outcomes'> = { outcomes: [] },
) {
  if (unasked === undefined || exit !== 'done') return exit;
  return outcomes.length > 0 ? 'partial' : 'failure';
}

function isAwaiting({ running, unhealthy = [] }: Plan): boolean {
  return unhealthy.length > 0 || running.some((entry) => entry.running.state === 'not-answering');
}

/** How an apply ended. Some done and some not is told apart from nothing done. */
export function exitOfApply({ outcomes, diagnostics, health, interrupted }: ApplyResult): ExitName {
  if (interrupted) return 'interrupted';
  const exit = exitOfDiagnostics(diagnostics, 'error');
  const undone = outcomes.filter(({ status }) => status !== 'done');
  if (undone.length > 0 && undone.length < outcomes.length) return 'partial';
  if (exit !== 'done') return exit === 'findings' ? 'failure' : exit;
  return undone.length > 0 || health.some(({ healthy }) => !healthy) ? 'failure' : 'done';
}

function obstaclesOf(
  { offline, brakes, findings, approvers }: Plan,
  { globals }: Session,
  approvedBy: string | null,
): readonly Diagnostic[] {
  const unapproved = approvedBy === null ? findings.filter(({ needsApproval }) => needsApproval === true) : [];
  const blocking = findings.filter((finding) => isBlocking(finding, globals.failOn));
  return [
    ...unknownApprover(approvedBy, approvers),
    ...(offline ? [applyDiagnostics.create('offline', {})] : []),
    ...brakes.map(({ detail, lift, stack }) =>
      applyDiagnostics.create('stopped', { reason: detail, lift }, stack === null ? {} : { subject: stack }),
    ),
    ...(unapproved.length === 0
      ? []
      : [applyDiagnostics.create('unapproved', { codes: unapproved.map(({ code }) => code) })]),
    ...(blocking.length === 0 ? [] : [applyDiagnostics.create('blocked', { count: blocking.length })]),
  ];
}

function isBlocking({ severity }: Diagnostic, failOn: Session['globals']['failOn']): boolean {
  return isAtLeast(severity, failOn);
}

function isStop(finding: Diagnostic, { globals }: Session): boolean {
  return finding.needsApproval === true || isBlocking(finding, globals.failOn);
}

/** A name that nobody has says nothing of who approved. Plans from before do not hold the people. */
function unknownApprover(person: string | null, people: Plan['approvers']): readonly Diagnostic[] {
  if (person === null || !Array.isArray(people) || people.includes(person)) return [];
  const facts = { person, people, nearest: nearestName(person, people) };
  return [applyDiagnostics.create('unknown-approver', facts, { found: person })];
}

function refuse(session: Session, obstacles: readonly Diagnostic[]): ExitName {
  session.tell(obstacles);
  return exitOfDiagnostics(obstacles, 'error');
}

function follow(session: Session, event: ApplyEvent): void {
  const { kind, ...rest } = event;
  session.emit({ event: kind, at: session.io.now().toISOString(), ...rest });
  const message = messageOf(event);
  if (message !== null) session.progress.report(message);
}

function messageOf(event: ApplyEvent): string | null {
  switch (event.kind) {
    case 'waiting-for-lock':
      return `Waiting: ${harmless(event.detail)}`;
    case 'started':
      return `Applying ${counted(event.changes, 'change')} on ${counted(event.targets, 'target')}`;
    case 'change-started':
      return `${event.action} ${event.address}`;
    case 'commit-started':
      return `Loading ${counted(event.changes, 'change')} into ${event.target} of ${event.stack}`;
    case 'waiting-for-health':
      return `${event.stack}/${event.target}: ${event.message}`;
    case 'change-done':
    case 'commit-done':
    case 'health':
      return null;
    default:
      return event satisfies never;
  }
}
