import type { ExitName } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { applyDiagnostics } from './apply-diagnostics.ts';

/** Asks before something that cannot be taken back. Null for a yes; else how the command ends, which is told. */
export async function confirm(session: Session, question: string, expected = 'yes'): Promise<ExitName | null> {
  const answer = await session.ask(question);
  session.io.signal.throwIfAborted();
  if (answer === expected) return null;
  session.tell([
    answer === null ? applyDiagnostics.create('nobody-to-ask', {}) : applyDiagnostics.create('declined', { expected }),
  ]);
  return 'refused';
}
