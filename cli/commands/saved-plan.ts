import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileFailure } from '../../toolkit/host/file-failure.ts';
import { digestOf, type JsonValue } from '../../toolkit/model/index.ts';
import { programVersion, type Repository } from '../../toolkit/operate/index.ts';
import { findStaleReasons, type Plan, parsePlan } from '../../toolkit/plan/index.ts';
import type { ExitName } from '../exit-code.ts';
import { learnSecrets } from '../output/learn-secrets.ts';
import type { Session } from '../session.ts';
import { wire } from '../wire.ts';
import { applyDiagnostics } from './apply-diagnostics.ts';
import { type ApplyingValues, applyNow } from './carry-out.ts';
import { blocked, withRepository } from './open-content.ts';

/** Applies a saved plan. The content program does not run: what was approved is the plan, not what it was made from. */
export async function applySavedPlan(
  session: Session,
  name: string,
  values: ApplyingValues & { readonly parallel: number },
): Promise<ExitName> {
  const file = resolve(session.io.cwd, name);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileFailure('read', file, error);
  });
  const { plan, diagnostic } = parsePlan(text);
  if (plan === null) {
    session.tell([{ ...diagnostic, subject: diagnostic.subject ?? name }]);
    return blocked([diagnostic]);
  }
  const globals = { ...session.globals, environment: session.globals.environment ?? plan.environment };
  return await withRepository({ ...session, globals }, async (repository) => {
    const stale = staleness(plan, repository);
    if (stale.length > 0) {
      session.tell(stale);
      return 'stale';
    }
    await learnSecrets(session.secrets, repository, resourcesOf(plan), session.io.env);
    return await applyNow(session, { repository, wiring: wire(repository.stateRoot, session.command) }, plan, values);
  });
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
