import type { Diagnostic } from '../diagnostics/index.ts';
import { addressFields } from '../model/index.ts';
import { effectOf, type Plan, type PlannedChange } from '../plan/index.ts';
import type { Refire } from './refire.ts';
import type { TargetSessions } from './target-sessions.ts';

/** Asks for active alerts only where the plan could do something to one: most plans then load nothing for it. */
export async function askRefires(
  { offline, changes }: Plan,
  sessions: TargetSessions,
  diagnostics: Diagnostic[],
): Promise<readonly Refire[]> {
  const relevant = offline ? [] : changes.filter(isAboutAlerts);
  // What is only made ends no alert; beside a change it may be where a rule has gone to.
  if (relevant.every(({ change }) => change.action === 'create')) return [];
  const { findRefires } = await import('./refire.ts');
  return await findRefires(relevant, sessions, diagnostics);
}

const typesAboutAlerts = ['prometheus-rules', 'prometheus-config', 'prometheus-targets'];

function isAboutAlerts(planned: PlannedChange): boolean {
  return (
    ['write', 'remove'].includes(effectOf(planned)) && typesAboutAlerts.includes(addressFields(planned.address).type)
  );
}
