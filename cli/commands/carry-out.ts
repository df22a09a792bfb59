import { counted, type Diagnostic, isAtLeast } from '../../toolkit/diagnostics/index.ts';
import type { ApplyEvent, ApplyResult } from '../../toolkit/engine/engine.ts';
import { createSecretResolver } from '../../toolkit/operate/index.ts';
import { isEmptyPlan, type Plan } from '../../toolkit/plan/index.ts';
import { duration, flag, type OptionValues, text } from '../arguments/option.ts';
import { type ExitName, exitOfDiagnostics } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { type AcceptedCommit, applyView } from '../views/apply-view.ts';
import { harmless } from '../views/harmless.ts';
import { planResultView } from '../views/plan-result-view.ts';
import { wire } from '../wire.ts';
import { applyDiagnostics } from './apply-diagnostics.ts';
import { confirm } from './confirm.ts';
import { lockTimeout } from './lock-options.ts';
import type { Opened } from './open-content.ts';

/** Options of every command that changes the world. */
export const applyingOptions = {
  yes: flag('-y, --yes', 'Do not ask.'),
  approvedBy: text(
    '--approved-by <person>',
    'Who approved what policies say needs an approval; goes into the journal.',
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

/** Shows a plan that was just made, asks, and applies it. */
export async function carryOut(
  session: Session,
  opened: Opened,
  plan: Plan,
  wishes: CarryOutWishes,
): Promise<ExitName> {
  session.show(planResultView, { plan, file: null, isCarriedOut: true });
  const obstacles = obstaclesOf(plan, session, wishes.approvedBy);
  if (obstacles.length > 0 || isEmptyPlan(plan)) return refuse(session, obstacles);
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
  if (obstacles.length > 0) return refuse(session, obstacles);
  const approval = wishes.approvedBy === null ? '' : ` --approved-by ${wishes.approvedBy}`;
  const { engine } = wire(repository.stateRoot, `${session.command}${approval}`);
  const resolveSecret = createSecretResolver(repository.root, session.io.env);
  const commits: AcceptedCommit[] = [];
  const result = await engine.apply(plan, {
    bindings: repository.bindings.targets,
    providers: wiring.providers,
    parallel: wishes.parallel,
    healthTimeoutMs: wishes.healthTimeout,
    lockTimeoutMs: wishes.lockTimeout,
    onEvent(event) {
      if (event.kind === 'commit-done' && event.accepted) commits.push(event);
      follow(session, event);
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
  return exitOfApply(result);
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
  { offline, brakes, findings }: Plan,
  { globals }: Session,
  approvedBy: string | null,
): readonly Diagnostic[] {
  const unapproved = approvedBy === null ? findings.filter(({ needsApproval }) => needsApproval === true) : [];
  const blocking = findings.filter(({ severity }) => isAtLeast(severity, globals.failOn));
  return [
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

function refuse(session: Session, obstacles: readonly Diagnostic[]): ExitName {
  session.tell(obstacles);
  return exitOfDiagnostics(obstacles, 'error');
}

function follow(session: Session, event: ApplyEvent): void {
  const { kind, ...rest } = event;
  session.emit({ event: kind, ...rest });
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
