import type { JsonObject } from './json.ts';
import type { ResourceTypeDefinition } from './provider.ts';

/** JSON pointers whose change cannot be made in place, of an object of this type that is to become another. */
export function replacingPointers(
  { replaceOn = [] }: Pick<ResourceTypeDefinition, 'replaceOn'>,
  before: JsonObject,
  after: JsonObject,
): readonly string[] {
  return typeof replaceOn === 'function' ? replaceOn(before, after) : replaceOn;
}
