import { type Diagnostic, nearestName } from '../../../toolkit/diagnostics/index.ts';
import type { AgentRow } from '../../../toolkit/operate/agents/agent.ts';
import { agentDiagnostics } from '../../../toolkit/operate/agents/agent-diagnostics.ts';
import { listAgents } from '../../../toolkit/operate/agents/list-agents.ts';
import { isChosen, strangeValues } from '../../../toolkit/operate/agents/select-agents.ts';
import { createSecretResolver } from '../../../toolkit/operate/index.ts';
import type { Session } from '../../session.ts';
import type { Opened } from '../open-content.ts';
import { type AgentValues, agentOptions } from './agent-options.ts';

export type Choice =
  | { readonly kind: 'chosen'; readonly rows: readonly AgentRow[]; readonly unanswered: readonly Diagnostic[] }
  /** A filter that no agent can match; it was told. */
  | { readonly kind: 'misspelt' };

/** Asks every Prometheus concerned, and keeps what the options choose. */
export async function chooseAgents(session: Session, opened: Opened, values: AgentValues): Promise<Choice> {
  const { repository, content } = opened;
  const strangeStacks = values.stack.filter((name) => !content.stacks.some((stack) => stack.name === name));
  if (!values.offline) session.progress.report('Asking each Prometheus for its targets');
  const { rows, diagnostics } = await listAgents({
    repository,
    content,
    secrets: createSecretResolver(repository.root, session.io.env),
    signal: session.io.signal,
    timeoutMs: values.timeout,
    stacks: strangeStacks.length > 0 ? [] : values.stack,
    offline: values.offline || strangeStacks.length > 0,
  });
  const strange = strangeValues(rows, values, alsoKnown(opened));
  if (strange.length > 0) {
    session.tell(strange.map(describeStrange));
    return { kind: 'misspelt' };
  }
  return { kind: 'chosen', rows: rows.filter((row) => isChosen(row, values)), unanswered: diagnostics };
}

/** What there is, though it may have no agent. */
function alsoKnown({ content: { organisation, stacks, items } }: Opened) {
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  return {
    tier: ids(organisation.tiers),
    site: ids(organisation.sites),
    tenant: [...ids(organisation.tenants), 'shared'],
    stack: stacks.map(({ name }) => name),
    item: ids(items),
    kind: agentOptions.kind.choices ?? [],
    state: agentOptions.state.choices ?? [],
  };
}

function describeStrange({ field, value, known }: ReturnType<typeof strangeValues>[number]): Diagnostic {
  // Thousands of ids are no help; the nearest one is.
  const few = known.length > 30 ? known.slice(0, 30) : known;
  const facts = { option: field, value, known: few, nearest: nearestName(value, known) };
  return agentDiagnostics.create('unknown-value', facts, { found: value });
}
