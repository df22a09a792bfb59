import { type Diagnostic, printSpan } from '../diagnostics/index.ts';
import type { LoadedStack } from '../engine/state/load-stack.ts';
import { addressFields, type Resource } from '../model/index.ts';
import type { Content, Repository } from './contract.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { targetKey } from './target-sessions.ts';

type Declared = Pick<Content, 'stacks' | 'placed'>;

/**
 * Targets of declared objects that nothing binds. A stack that an environment does not have at all may belong to another
 * one: that stops a plan of it, and no judging of the content.
 */
export function findUnboundDeclared(
  { stacks: declared, placed }: Declared,
  stacks: readonly string[],
  repository: Repository,
): readonly Diagnostic[] {
  const { environment, bindings, boundAt } = repository;
  const bound = new Set(bindings.targets.map(({ stack, target }) => targetKey(stack, target)));
  const known = new Set(bindings.targets.map(({ stack }) => stack));
  const needed = Map.groupBy(placed, keyOf);
  return [...needed].flatMap(([key, objects]) => {
    const { stack, target } = namesIn(key);
    if (bound.has(key) || !stacks.includes(stack)) return [];
    const declaredAt = declared.find(({ name }) => name === stack)?.source ?? objects[0]?.source;
    const position = known.has(stack) ? boundAt(stack) : declaredAt;
    const at = declaredAt === undefined ? null : printSpan(declaredAt);
    const facts = { stack, target, environment, objects: objects.length, declaredAt: at };
    const diagnostic = operateDiagnostics.create('target-unbound', facts, {
      subject: key,
      ...(position === undefined ? {} : { position }),
    });
    return [known.has(stack) ? diagnostic : { ...diagnostic, severity: 'warning' as const }];
  });
}

/** Targets that a plan of these stacks has to ask and that nothing binds: of declared objects, and of recorded ones. */
export function findUnbound(
  loaded: readonly LoadedStack[],
  stacks: readonly string[],
  repository: Repository,
  content: Content | null,
): readonly Diagnostic[] {
  const { bindings, boundAt } = repository;
  const bound = new Set(bindings.targets.map(({ stack, target }) => targetKey(stack, target)));
  const isAsked = ([key]: readonly [string, unknown]) => !bound.has(key) && stacks.includes(key.split('/')[0] ?? '');
  const declared = new Set((content?.placed ?? []).map(keyOf));
  const recorded = Map.groupBy(
    loaded.flatMap(({ state }) => [...state.resources.values()]),
    keyOf,
  );
  const isDeclared = (stack: string) => content?.stacks.some(({ name }) => name === stack) ?? false;
  const left = [...recorded].filter(isAsked).filter(([key]) => !declared.has(key));
  return [
    ...findUnboundOf(content, stacks, repository),
    ...[...Map.groupBy(left, ([key]) => namesIn(key).stack)].map(([stack, ofStack]) => {
      const targets = ofStack.map(([key]) => namesIn(key).target).sort();
      const records = ofStack.flatMap(([, found]) => found);
      const facts = { stack, targets, recorded: records.length, isDeclared: isDeclared(stack) };
      return operateDiagnostics.create('recorded-target-unbound', facts, { position: boundAt(stack), subject: stack });
    }),
  ];
}

/** A plan has to know the place of all that it is about. */
export function findUnboundOf(
  content: Content | null,
  stacks: readonly string[],
  repository: Repository,
): readonly Diagnostic[] {
  if (content === null) return [];
  return findUnboundDeclared(content, stacks, repository).map((one) => ({ ...one, severity: 'error' as const }));
}

function keyOf({ address, target }: Pick<Resource, 'address' | 'target'>): string {
  return targetKey(addressFields(address).stack, target);
}

function namesIn(key: string): { readonly stack: string; readonly target: string } {
  const [stack = '', target = ''] = key.split('/');
  return { stack, target };
}
