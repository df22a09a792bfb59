import { type Diagnostic, Failure } from '../../diagnostics/index.ts';
import type {
  Address,
  ObjectReference,
  Observation,
  ProviderSession,
  ResourceTypeDefinition,
  TargetIdentity,
} from '../../model/index.ts';
import type { ApplyOptions } from '../engine.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { bounded } from './bounded.ts';

/** One target that a run works on. */
export interface TargetRun {
  readonly stack: string;
  readonly target: string;
  readonly session: ProviderSession;
  readonly types: ReadonlyMap<string, ResourceTypeDefinition>;
  readonly identity: TargetIdentity;
  readonly timeouts: OperationTimeouts;
}

/** How long one call of a provider may take before its outcome counts as unknown. */
export interface OperationTimeouts {
  readonly readMs: number;
  readonly stageMs: number;
  readonly commitMs: number;
}

export const defaultTimeouts: OperationTimeouts = { readMs: 60_000, stageMs: 60_000, commitMs: 180_000 };

export function targetKey(stack: string, target: string): string {
  return `${stack} ${target}`;
}

/** Opens a target and asks who answers there. The caller closes the session. */
export async function openTarget(
  stack: string,
  target: string,
  environment: string,
  options: Pick<ApplyOptions, 'bindings' | 'providers' | 'resolveSecret' | 'onEvent'>,
  timeouts: OperationTimeouts,
  signal: AbortSignal,
): Promise<TargetRun> {
  const binding = options.bindings.find((candidate) => candidate.stack === stack && candidate.target === target);
  if (binding === undefined)
    throw new Failure(
      engineDiagnostics.create('no-binding', { stack, target, environment }, { subject: `${stack}/${target}` }),
    );
  const provider = options.providers.find(({ name }) => name === binding.provider);
  if (provider === undefined) {
    const facts = { stack, target, provider: binding.provider };
    throw new Failure(engineDiagnostics.create('no-provider', facts, { subject: `${stack}/${target}` }));
  }
  const session = provider.open(binding, {
    resolveSecret: options.resolveSecret,
    report: (message) => options.onEvent({ kind: 'waiting-for-health', stack, target, message }),
    signal,
  });
  try {
    const identity = await bounded(() => session.identify(), timeouts.readMs);
    const types = new Map(provider.resourceTypes.map((definition) => [definition.type, definition]));
    return { stack, target, session, types, identity, timeouts };
  } catch (error) {
    await closeSession(session);
    throw unreachable(stack, target, 'say who it is', error);
  }
}

/** Looks at objects of the target; every address asked for is in the answer. */
export async function readTarget(
  { stack, target, session, timeouts }: TargetRun,
  references: readonly ObjectReference[],
): Promise<ReadonlyMap<Address, Observation>> {
  if (references.length === 0) return new Map();
  try {
    const seen = await bounded(() => session.readMany(references), timeouts.readMs);
    const missing = references.find(({ address }) => !seen.has(address));
    if (missing !== undefined)
      throw new Error(`The provider said nothing about ${missing.address}, which is its fault.`);
    return seen;
  } catch (error) {
    throw unreachable(stack, target, 'be read', error);
  }
}

/** Closing may hang like anything else; nobody waits for it long. */
export async function closeSession(session: ProviderSession): Promise<void> {
  await bounded(() => session.close(), 5_000).catch(() => {});
}

/** What went wrong in a provider, as a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof Failure) return `${error.diagnostic.summary}. ${error.diagnostic.detail}`;
  const message = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** The diagnostic of what was thrown: its own where it is a Failure. */
export function diagnosticOf(error: unknown, otherwise: (reason: string) => Diagnostic): Diagnostic {
  return error instanceof Failure ? error.diagnostic : otherwise(reasonOf(error));
}

function unreachable(stack: string, target: string, operation: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const facts = { stack, target, operation, reason: reasonOf(error) };
  return new Failure(engineDiagnostics.create('target-unreachable', facts, { subject: `${stack}/${target}` }), {
    cause: error,
  });
}
