import { Failure } from '../../../toolkit/diagnostics/index.ts';
import type { StateSource } from '../../../toolkit/engine/state/state-source.ts';
import { nearest } from '../../nearest.ts';
import { stateCommandDiagnostics } from './diagnostics.ts';

/** Named stacks, or all that have something recorded; a name without a state is a Failure. */
export async function stacksToMigrate(
  states: StateSource,
  environment: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const known = await states.listStacks(environment);
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) {
    const facts = { stack: missing, environment, known, alike: nearest(missing, known) };
    throw new Failure(stateCommandDiagnostics.create('no-state', facts, { found: missing }));
  }
  if (names.length > 0) return names;
  const recorded = await Promise.all(
    known.map(async (stack) => {
      const result = await states.load({ environment, stack });
      // One that cannot be read is named when its turn comes.
      return !result.ok || result.loaded.record.resources.size > 0 ? [stack] : [];
    }),
  );
  return recorded.flat();
}
