import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Diagnostic } from '../../toolkit/diagnostics/index.ts';
import { findAppliedBefore } from '../../toolkit/engine/history/applied-before.ts';
import { createFileBackend } from '../../toolkit/engine/state/file-backend.ts';
import { fileFailure, isErrorCode } from '../../toolkit/host/file-failure.ts';
import { digestOf, type JsonValue } from '../../toolkit/model/index.ts';
import {
  createSecretResolver,
  credentialUsers,
  findMissingSecrets,
  programVersion,
  type Repository,
} from '../../toolkit/operate/index.ts';
import { findStaleReasons, type Plan, parsePlan } from '../../toolkit/plan/index.ts';
import type { ExitName } from '../exit-code.ts';
import { learnSecrets } from '../output/learn-secrets.ts';
import type { Session } from '../session.ts';
import { repetitionView } from '../views/repetition-view.ts';
import { applyDiagnostics } from './apply-diagnostics.ts';
import { type ApplyingValues, applyNow, endOf } from './carry-out.ts';
import { blocked, wireFor, withRepository } from './open-content.ts';

/** Applies a saved plan. The content program does not run: what was approved is the plan, not what it was made from. */
export async function applySavedPlan(
  asked: Session,
  name: string,
  values: ApplyingValues & { readonly parallel: number },
  /** Options beside the file that would say what a plan is to hold. */
  planningOptions: readonly string[],
): Promise<ExitName> {
  if (planningOptions.length > 0) {
    asked.tell([applyDiagnostics.create('not-with-plan-file', { options: planningOptions, file: name })]);
    return 'usage';
  }
  const file = resolve(asked.io.cwd, name);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isErrorCode(error, 'ENOENT', 'EISDIR')) return null;
    throw fileFailure('read', file, error);
  });
  if (text === null || !isMeantAsPlan(text)) {
    asked.tell([applyDiagnostics.create('no-plan-file', { file: name, isThere: text !== null }, { found: name })]);
    return 'usage';
  }
  const { plan, diagnostic } = parsePlan(text);
  if (plan === null) {
    asked.tell([{ ...diagnostic, subject: diagnostic.subject ?? name }]);
    return blocked([diagnostic]);
  }
  const chosen = asked.engine ?? plan.engine ?? 'embedded';
  const session: Session = { ...asked, engine: chosen };
  const globals = { ...session.globals, environment: session.globals.environment ?? plan.environment };
  if (globals.environment !== plan.environment) return refuseEnvironment(session, plan, globals.environment, name);
  return await withRepository({ ...session, globals }, async (repository) => {
    if (repository.environment !== plan.environment)
      return refuseEnvironment(session, plan, repository.environment, name);
    const before = await answerRepetition(session, plan, repository, name);
    if (before !== null) return before;
    const stale = staleness(plan, repository);
    if (stale.length > 0) {
      session.tell(stale);
      return 'stale';
    }
    const missing = await findMissing(plan, repository, session);
    if (missing.length > 0) {
      session.tell(missing);
      return blocked(missing);
    }
    await learnSecrets(session.secrets, repository, resourcesOf(plan), session.io.env);
    return await applyNow(session, { repository, wiring: wireFor(session, repository) }, plan, values);
  });
}

/** An empty file and one that was cut off are plans that were damaged; a script or another document never was one. */
function isMeantAsPlan(text: string): boolean {
  return text.trim() === '' || text.trimStart().startsWith('{');
}

/** A plan that was carried out before: nothing to do where all is as it left it, stale where not. Null for any other. */
async function answerRepetition(
  session: Session,
  plan: Plan,
  { stateRoot, states }: Repository,
  file: string,
): Promise<ExitName | null> {
  const before = await findAppliedBefore(plan, createFileBackend(stateRoot), states);
  if (before.kind === 'never') return null;
  const { endedAt: at, user, host, approvedBy, outcome } = before.run;
  const facts = { file, at, by: `${user}@${host}`, approvedBy };
  if (before.kind === 'in-place') {
    session.tell([applyDiagnostics.create('already-applied', facts, { subject: file })]);
    session.show(repetitionView, { file, plan: plan.digest, at, user, host, approvedBy });
    return endOf(plan, 'done');
  }
  const { changed } = before;
  session.tell([applyDiagnostics.create('carried-out-before', { ...facts, outcome, changed }, { subject: file })]);
  return 'stale';
}

/** Another environment is no world that has moved, and planning again would not help: the command names the wrong one. */
function refuseEnvironment(session: Session, plan: Plan, named: string, file: string): ExitName {
  const facts = { planned: plan.environment, named, file };
  const occurrence = { subject: file, expected: plan.environment, found: named };
  session.tell([applyDiagnostics.create('other-environment', facts, occurrence)]);
  return 'stale';
}

/** All that the changes and their targets need, told before anything is changed and not one by one. */
async function findMissing(plan: Plan, repository: Repository, { io }: Session): Promise<readonly Diagnostic[]> {
  const declared = resourcesOf(plan).map(({ address, spec, source }) => ({ name: address, spec, position: source }));
  const targets = credentialUsers(
    repository,
    plan.stacks.map(({ stack }) => stack),
  );
  return await findMissingSecrets([...targets, ...declared], createSecretResolver(repository.root, io.env));
}

/** What can be seen before a lock is taken; states and targets are compared by the engine, under the lock. */
function staleness(plan: Plan, { environment, bindings }: Repository) {
  const inputs = { bindings: digestOf(bindings as unknown as JsonValue), program: programVersion };
  const reasons = findStaleReasons(plan, { environment, inputs });
  return reasons.map(({ detail, subject }) => applyDiagnostics.create('stale-plan', { reason: detail }, { subject }));
}

function resourcesOf({ changes }: Plan) {
  return changes.flatMap(({ change }) => ('desired' in change ? [change.desired] : []));
}
