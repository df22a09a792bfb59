import { addressFields } from '../model/index.ts';
import type { Decision, DecisionInput } from './decision.ts';
import type { ResourcePair } from './pair-resources.ts';
import type { Plan, UnaskedTarget } from './plan.ts';

/** True where the object is, or is to be, in a target that could not be asked. */
export function isUnasked(
  { address, desired, record }: ResourcePair,
  { unasked = [] }: Pick<DecisionInput, 'unasked'>,
): boolean {
  if (unasked.length === 0) return false;
  const { stack } = addressFields(address);
  const places = [desired?.target, record?.target];
  return unasked.some((one) => one.stack === stack && places.includes(one.target));
}

/** Targets of which a part could not be asked: objects that only a server knows, beside files that anybody can read. */
export function partlyUnasked(decisions: readonly Decision[]): readonly UnaskedTarget[] {
  const found = new Map<string, UnaskedTarget>();
  for (const { pair, unaskedBecause: reason } of decisions) {
    const target = pair.desired?.target ?? pair.record?.target;
    if (reason === undefined || target === undefined) continue;
    const { stack } = addressFields(pair.address);
    found.set(`${stack}/${target}`, { stack, target, reason });
  }
  return [...found.values()];
}

/** Each target that could not be asked, with how many objects were not compared because of it. */
export function countUncompared(
  unasked: readonly UnaskedTarget[],
  decisions: readonly Decision[],
): NonNullable<Plan['unasked']> {
  const uncompared = decisions.filter((decision) => decision.isUnasked === true);
  return unasked
    .map(({ stack, target, reason }) => ({
      ...{ stack, target, reason },
      objects: uncompared.filter(({ pair }) => isUnasked(pair, { unasked: [{ stack, target, reason }] })).length,
    }))
    .sort((left, right) => (`${left.stack}/${left.target}` < `${right.stack}/${right.target}` ? -1 : 1));
}
