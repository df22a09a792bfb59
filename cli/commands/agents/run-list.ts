import { findAmiss } from '../../../toolkit/operate/agents/list-agents.ts';
import { type ExitName, exitOfDiagnostics } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { agentsView } from '../../views/agents-view.ts';
import type { Begun } from '../begin-sandbox.ts';
import { withContent } from '../open-content.ts';
import type { AgentValues } from './agent-options.ts';
import { chooseAgents } from './choose-agents.ts';

export async function runList(values: AgentValues, session: Session, begun: Begun): Promise<ExitName> {
  return await withContent(
    session,
    async (opened) => {
      const choice = await chooseAgents(session, opened, values);
      if (choice.kind === 'misspelt') return 'usage';
      const findings = [...choice.unanswered, ...findAmiss(choice.rows)];
      session.show(agentsView, choice.rows);
      session.tell(findings);
      return exitOfDiagnostics(findings, session.globals.failOn);
    },
    { begun },
  );
}
