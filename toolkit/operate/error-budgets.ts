import { periodName } from '../compile/slos/index.ts';
import { Failure } from '../diagnostics/index.ts';
import { type HttpClient, openServer, readEndpointSettings } from '../host/http/index.ts';
import { isJsonObject, type JsonValue, type SloWindow } from '../model/index.ts';
import type { Repository } from './contract.ts';
import type { SecretResolver } from './secrets.ts';
import type { UpheldObjective } from './session-messages.ts';

/** How an objective is met now, as the Prometheus that evaluates it says. */
export interface ErrorBudget {
  readonly slo: string;
  readonly stack: string;
  readonly objective: number;
  readonly window: SloWindow;
  /** `unknown`: the server did not say, and `reason` is why. */
  readonly state: 'left' | 'spent' | 'unknown';
  /** Share that was good over the period; null when it is not known. */
  readonly attained: number | null;
  /** What is left of the budget: 1 is all of it, 0 none, less is overspent. */
  readonly remaining: number | null;
  /** How many times faster than allowed it burns, by window. */
  readonly burn: Readonly<Record<string, number>>;
  readonly reason: string | null;
}

export interface BudgetRequest {
  readonly repository: Repository;
  readonly objectives: readonly UpheldObjective[];
  readonly secrets: SecretResolver;
  readonly signal: AbortSignal;
}

/** One question to each Prometheus that upholds something; what cannot be asked is unknown, with the reason. */
export async function readErrorBudgets(request: BudgetRequest): Promise<readonly ErrorBudget[]> {
  const byStack = Map.groupBy(request.objectives, ({ stack }) => stack);
  const answers = await Promise.all(
    [...byStack].map(async ([stack, objectives]) => {
      const asked = await ask(stack, request);
      return objectives.map((objective) => budgetOf(objective, asked));
    }),
  );
  return answers.flat();
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

type Asked =
  | { readonly samples: readonly Sample[]; readonly reason: null }
  | { readonly samples: null; readonly reason: string };

async function ask(stack: string, { repository, secrets, signal }: BudgetRequest): Promise<Asked> {
  const binding = repository.bindings.targets.find((entry) => entry.stack === stack && entry.target === 'prometheus');
  if (binding === undefined) return unanswered(`the environment does not bind the prometheus of ${stack}`);
  const server = openServer(readEndpointSettings(binding.settings), { resolveSecret: secrets, signal });
  if (server === null) return unanswered(`the binding of the prometheus of ${stack} has no url`);
  try {
    return await query(server.client);
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return unanswered(`${cause.diagnostic.summary}: ${cause.diagnostic.detail}`);
  }
}

const wanted = '{__name__=~"slo:(budget_remaining|error_ratio|burn_rate)",slo!=""}';

async function query(client: HttpClient): Promise<Asked> {
  const answer = (await client.json(`/api/v1/query?query=${encodeURIComponent(wanted)}`)) as JsonValue;
  const data = isJsonObject(answer) && answer.status === 'success' ? answer.data : undefined;
  const result = isJsonObject(data) ? data.result : undefined;
  if (!Array.isArray(result)) return unanswered('the server answers with something else than a query result');
  return { samples: (result as readonly JsonValue[]).flatMap(sampleOf), reason: null };
}

function sampleOf(entry: JsonValue): readonly Sample[] {
  if (!isJsonObject(entry) || !isJsonObject(entry.metric) || !Array.isArray(entry.value)) return [];
  const value = Number(entry.value[1]);
  if (!Number.isFinite(value)) return [];
  return [{ labels: entry.metric as Readonly<Record<string, string>>, value }];
}

function budgetOf({ slo, stack }: UpheldObjective, asked: Asked): ErrorBudget {
  const { id, objective, window } = slo;
  const own = (asked.samples ?? []).filter(({ labels }) => labels.slo === id);
  const named = (name: string) => own.filter(({ labels }) => labels.__name__ === `slo:${name}`);
  const remaining = named('budget_remaining')[0]?.value ?? null;
  const errors = named('error_ratio').find(({ labels }) => labels.window === periodName(window))?.value;
  const burn = named('burn_rate').map(({ labels, value }) => [labels.window ?? '', value] as const);
  return {
    slo: id,
    stack,
    objective,
    window,
    state: stateOf(remaining),
    attained: errors === undefined ? null : 1 - errors,
    remaining,
    burn: Object.fromEntries(burn),
    reason: asked.reason ?? (remaining === null ? 'nothing is measured yet, or its rules are not applied' : null),
  };
}

function stateOf(remaining: number | null): ErrorBudget['state'] {
  if (remaining === null) return 'unknown';
  return remaining > 0 ? 'left' : 'spent';
}

function unanswered(reason: string): Asked {
  return { samples: null, reason };
}
