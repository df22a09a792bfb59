import type { Diagnostic } from '../../diagnostics/index.ts';
import { inParallel } from '../../host/in-parallel.ts';
import type { Content } from '../contract.ts';
import type { AgentRow, AgentState } from './agent.ts';
import { agentDiagnostics } from './agent-diagnostics.ts';
import { declaredAgents } from './declared-agents.ts';
import { joinAgents } from './join-agents.ts';
import { type Seen, type SeenRequest, seenTargets } from './seen-targets.ts';

export interface AgentRequest extends SeenRequest {
  readonly content: Pick<Content, 'resources' | 'items' | 'stacks' | 'collection'>;
  /** Stacks that are asked; empty: all. */
  readonly stacks: readonly string[];
  /** Only what is declared; no server is asked. */
  readonly offline: boolean;
}

export interface AgentList {
  readonly rows: readonly AgentRow[];
  /** Servers that did not answer. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How many Prometheus are asked at a time. */
const width = 16;

/** All agents of all tiers: each Prometheus is asked, and one that does not answer hides nobody else's. */
export async function listAgents(request: AgentRequest): Promise<AgentList> {
  const { content, offline } = request;
  const byStack = Map.groupBy(declaredAgents(content), ({ stack }) => stack);
  const stacks = content.stacks.filter(
    ({ name, targets }) =>
      targets.includes('prometheus') && (request.stacks.length === 0 || request.stacks.includes(name)),
  );
  const parts = await inParallel(stacks, width, async (stack) => {
    const declared = byStack.get(stack.name) ?? [];
    const seen = offline ? null : await seenTargets(stack.name, request);
    const rows = joinAgents(stack, declared, seen);
    return { rows, diagnostics: unanswered(stack, declared.length, seen) };
  });
  return { rows: parts.flatMap(({ rows }) => rows), diagnostics: parts.flatMap((part) => part.diagnostics) };
}

function unanswered(stack: Content['stacks'][number], count: number, seen: Seen | null): readonly Diagnostic[] {
  if (seen === null || seen.reason === null) return [];
  const facts = { stack: stack.name, reason: seen.reason, count };
  return [agentDiagnostics.create('unanswered', facts, { position: stack.source, subject: stack.name })];
}

/** One finding for each way in which agents are not as declared. */
export function findAmiss(rows: readonly AgentRow[]): readonly Diagnostic[] {
  return Object.entries(amiss).flatMap(([state, words]) => {
    const agents = rows.filter((row) => row.state === state).map(agentName);
    return agents.length === 0 ? [] : [agentDiagnostics.create('amiss', { state: words, agents })];
  });
}

const amiss: Readonly<Partial<Record<AgentState, string>>> = {
  down: 'down',
  'never-seen': 'declared and not seen',
  unexpected: 'seen and not declared',
  outdated: 'of another version than the class was written for',
};

/** `plant-1/host-node/web-1`, unique in a group. */
export function agentName({ stack, job, item, program, endpoint }: AgentRow): string {
  return job === null ? `${stack}/${program}` : `${stack}/${job}/${item ?? endpoint}`;
}
