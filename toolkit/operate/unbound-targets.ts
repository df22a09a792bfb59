import type { Diagnostic } from '../diagnostics/index.ts';
import type { LoadedStack } from '../engine/state/load-stack.ts';
import { addressFields, type Resource } from '../model/index.ts';
import type { Content, Repository } from './contract.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { targetKey } from './target-sessions.ts';

/** Targets that a plan of these stacks has to ask and that nothing binds: of declared objects, and of recorded ones. */
export function findUnbound(
  resources: readonly Resource[],
  loaded: readonly LoadedStack[],
  stacks: readonly string[],
  { bindings, boundAt }: Repository,
  content: Content | null,
): readonly Diagnostic[] {
  const bound = new Set(bindings.targets.map(({ stack, target }) => targetKey(stack, target)));
  const isAsked = ([key]: readonly [string, unknown]) => !bound.has(key) && stacks.includes(key.split('/')[0] ?? '');
  const declared = new Map(resources.map((resource) => [keyOf(resource), resource.source]));
  const recorded = Map.groupBy(
    loaded.flatMap(({ state }) => [...state.resources.values()]),
    keyOf,
  );
  const isDeclared = (stack: string) => content?.stacks.some(({ name }) => name === stack) ?? false;
  const left = [...recorded].filter(isAsked).filter(([key]) => !declared.has(key));
  return [
    ...[...declared].filter(isAsked).map(([key, position]) => {
      const facts = namesIn(key);
      return operateDiagnostics.create('target-unbound', facts, { position, subject: key });
    }),
    ...[...Map.groupBy(left, ([key]) => namesIn(key).stack)].map(([stack, ofStack]) => {
      const targets = ofStack.map(([key]) => namesIn(key).target).sort();
      const records = ofStack.flatMap(([, found]) => found);
      const facts = { stack, targets, recorded: records.length, isDeclared: isDeclared(stack) };
      return operateDiagnostics.create('recorded-target-unbound', facts, { position: boundAt(stack), subject: stack });
    }),
  ];
}

function keyOf({ address, target }: Pick<Resource, 'address' | 'target'>): string {
  return targetKey(addressFields(address).stack, target);
}

function namesIn(key: string): { readonly stack: string; readonly target: string } {
  const [stack = '', target = ''] = key.split('/');
  return { stack, target };
}
