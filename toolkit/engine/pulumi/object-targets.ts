import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Address, Provider, ResourceTypeDefinition, TargetBinding } from '../../model/index.ts';
import { plainLifecycle } from '../../model/index.ts';
import { closeSession, defaultTimeouts, openTarget, type TargetRun, targetKey } from '../targets/target-run.ts';
import type { DeclaredObject } from './object-properties.ts';
import { TargetQueue } from './target-queue.ts';

/** One target that objects are written to, and the queue before it. */
export interface OpenedTarget {
  readonly run: TargetRun;
  readonly queue: TargetQueue;
}

/** What the objects of one process stand in: opened on first use, kept until the process ends. */
export interface ObjectTargets {
  open(object: Pick<DeclaredObject, 'environment' | 'address' | 'target' | 'binding'>): Promise<OpenedTarget>;
  typeOf(type: string): ResourceTypeDefinition;
  validate(object: DeclaredObject): readonly Diagnostic[];
  resolveSecret(reference: string): Promise<string>;
  /** Objects that are there already and may be taken over. */
  readonly adopted: ReadonlySet<Address>;
  /** Objects that stay where they are when their records are dropped. */
  readonly released: ReadonlySet<Address>;
  close(): Promise<void>;
}

export interface ObjectTargetsSettings {
  readonly providers: readonly Provider[];
  /** The bindings of an environment, read from its repository. */
  bindingsOf(environment: string): Promise<readonly TargetBinding[]>;
  resolveSecret(reference: string): Promise<string>;
  readonly adopted: ReadonlySet<Address>;
  readonly released: ReadonlySet<Address>;
  /** True when nobody has claimed the targets for this process: each commit then does. */
  readonly claims: boolean;
}

export function openObjectTargets(settings: ObjectTargetsSettings): ObjectTargets {
  const { providers, adopted, released, resolveSecret } = settings;
  const opened = new Map<string, Promise<OpenedTarget>>();
  const types = new Map(
    providers.flatMap(({ resourceTypes }) => resourceTypes.map((type) => [type.type, type] as const)),
  );
  const providerOf = new Map(
    providers.flatMap((provider) => provider.resourceTypes.map(({ type }) => [type, provider] as const)),
  );
  const ending = new AbortController();
  return {
    async open(object) {
      const stack = object.address.slice(0, object.address.indexOf('/'));
      const key = `${object.environment} ${targetKey(stack, object.target)}`;
      const known = opened.get(key) ?? openObjectTarget(settings, stack, object, ending.signal);
      opened.set(key, known);
      // A target that did not answer may answer the next object.
      known.catch(() => opened.delete(key));
      return await known;
    },
    typeOf: (type) => types.get(type) ?? { type, canonical: (spec) => spec },
    validate: (object) => providerOf.get(object.type)?.validate(resourceOf(object)) ?? [],
    resolveSecret,
    adopted,
    released,
    async close() {
      ending.abort();
      const all = await Promise.allSettled(opened.values());
      await Promise.all(
        all.map((one) => (one.status === 'fulfilled' ? closeSession(one.value.run.session) : undefined)),
      );
    },
  };
}

async function openObjectTarget(
  { providers, bindingsOf, resolveSecret, claims }: ObjectTargetsSettings,
  stack: string,
  { environment, target, binding }: Pick<DeclaredObject, 'environment' | 'target' | 'binding'>,
  signal: AbortSignal,
): Promise<OpenedTarget> {
  const bindings = binding === null ? await bindingsOf(environment) : [{ ...binding, stack, target }];
  const options = { bindings, providers, resolveSecret, onEvent: () => undefined };
  const run = await openTarget(stack, target, environment, options, defaultTimeouts, signal);
  return { run, queue: new TargetQueue(run, claims) };
}

/** As a provider judges it: what else a resource tells of itself means nothing to it. */
function resourceOf({ address, type, target, spec, dependsOn, owner }: DeclaredObject) {
  return {
    ...{ address, type, target, spec, dependsOn, owner },
    aliases: [],
    tenant: null,
    tier: 'L3',
    criticality: 'low',
    clauses: [],
    lifecycle: plainLifecycle,
    source: { file: 'Pulumi', line: 1, column: 1 },
    derivation: [],
    parts: [],
  } as const;
}
