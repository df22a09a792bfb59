import type { RecordedObjects } from '../compile/bindings/index.ts';
import type { Repository } from './contract.ts';

/** What the states of these stacks still record, by target. A state that cannot be read is told when it is planned with. */
export async function countRecorded(
  { recordedStates }: Pick<Repository, 'recordedStates'>,
  stacks: ReadonlySet<string>,
): Promise<RecordedObjects> {
  if (stacks.size === 0) return new Map();
  const results = [...(await recordedStates())].filter(([stack]) => stacks.has(stack));
  const targets = results.flatMap(([stack, result]) =>
    result.ok ? [...result.loaded.state.resources.values()].map(({ target }) => `${stack}/${target}`) : [],
  );
  return new Map([...Map.groupBy(targets, (key) => key)].map(([key, objects]) => [key, objects.length]));
}
