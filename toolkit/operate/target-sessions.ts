import { type Diagnostic, Failure } from '../diagnostics/index.ts';
import type { Provider, ProviderContext, ProviderSession, TargetBinding } from '../model/index.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';

/** Opens each target at most once and closes them all. */
export class TargetSessions {
  readonly #sessions = new Map<string, ProviderSession>();
  readonly #bindings: ReadonlyMap<string, TargetBinding>;
  readonly #providers: ReadonlyMap<string, Provider>;
  readonly #context: ProviderContext;

  constructor(bindings: readonly TargetBinding[], providers: readonly Provider[], context: ProviderContext) {
    this.#bindings = new Map(bindings.map((binding) => [targetKey(binding.stack, binding.target), binding]));
    this.#providers = new Map(providers.map((provider) => [provider.name, provider]));
    this.#context = context;
  }

  binding(stack: string, target: string): TargetBinding | null {
    return this.#bindings.get(targetKey(stack, target)) ?? null;
  }

  /** Throws a Failure when nothing is bound, which planning has checked before. */
  open(stack: string, target: string): ProviderSession {
    const key = targetKey(stack, target);
    const open = this.#sessions.get(key);
    if (open !== undefined) return open;
    const binding = this.#bindings.get(key);
    const provider = binding && this.#providers.get(binding.provider);
    if (binding === undefined || provider === undefined)
      throw new Failure(operateDiagnostics.create('target-unbound', { stack, target }, { subject: key }));
    const session = provider.open(binding, this.#context);
    this.#sessions.set(key, session);
    return session;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
  }
}

export function targetKey(stack: string, target: string): string {
  return `${stack}/${target}`;
}

/** Runs a reading of a target; what its failure has to tell becomes a diagnostic, and a bug stays one. */
export async function askTarget<Value>(
  key: string,
  diagnostics: Diagnostic[],
  reading: () => Promise<Value>,
  fallback: Value,
): Promise<Value> {
  try {
    return await reading();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    diagnostics.push({ ...error.diagnostic, subject: error.diagnostic.subject ?? key });
    return fallback;
  }
}
