import type { Diagnostic } from '../diagnostics/index.ts';
import { addressFields, type Resource, type TargetBinding } from '../model/index.ts';
import type { Looking } from './observe.ts';
import { targetKey } from './target-sessions.ts';

/** What would keep declared objects from being taken by their targets; told where they are declared. */
export async function findObstacles(
  targets: readonly TargetBinding[],
  desired: readonly Resource[],
  looking: Looking,
): Promise<readonly Diagnostic[]> {
  const asked = targets.flatMap(({ stack, target }) => {
    const session = looking.sessions.open(stack, target);
    return session.findObstacles === undefined ? [] : [{ stack, target, session }];
  });
  if (asked.length === 0) return [];
  const found = await Promise.all(
    asked.map(({ stack, target, session }) => {
      const own = desired.filter((one) => one.target === target && addressFields(one.address).stack === stack);
      const none: readonly Diagnostic[] = [];
      const ask = async () => (await session.findObstacles?.(own)) ?? none;
      return looking.unasked.ask(targetKey(stack, target), ask, none);
    }),
  );
  const declaredAt = new Map(desired.map(({ address, source }) => [String(address), source]));
  return found.flat().map((diagnostic) => {
    const position = declaredAt.get(diagnostic.subject ?? '');
    return position === undefined ? diagnostic : { ...diagnostic, position };
  });
}
