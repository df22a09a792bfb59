import type { FieldsShape, OptionalShape, Shape } from './shape.ts';

/** Whether a value has a shape; `findMisfits` says where it has not. */
export function fits(shape: Shape, given: unknown): boolean {
  switch (shape.kind) {
    case 'value':
      return shape.accepts(given);
    case 'list':
      return Array.isArray(given) && fitsEach(shape.of, given);
    case 'record':
      return isObject(given) && Object.keys(given).every((name) => fits(shape.of, given[name]));
    case 'fields':
      return isObject(given) && fitsFields(shape, given);
    case 'variants': {
      const chosen = isObject(given) ? given[shape.by] : undefined;
      const variant = typeof chosen === 'string' && Object.hasOwn(shape.of, chosen) ? shape.of[chosen] : undefined;
      return variant !== undefined && fits(variant, given);
    }
    case 'branch':
      return fits(shape.choose(given), given);
    default:
      return shape satisfies never;
  }
}

/** By index: a hole in a list is a missing entry, which `every` would skip. */
function fitsEach(shape: Shape, given: readonly unknown[]): boolean {
  for (let index = 0; index < given.length; index += 1) if (!fits(shape, given[index])) return false;
  return true;
}

function fitsFields(shape: FieldsShape, given: Readonly<Record<string, unknown>>): boolean {
  let chosen = 0;
  for (const name in shape.fields) {
    const field = shape.fields[name];
    if (field !== undefined && !fitsField(field, given, name)) return false;
    if (given[name] !== undefined) chosen += 1;
  }
  if (shape.isChoice && chosen !== 1) return false;
  return shape.isOpen || Object.keys(given).every((name) => Object.hasOwn(shape.fields, name));
}

function fitsField(shape: Shape | OptionalShape, given: Readonly<Record<string, unknown>>, name: string): boolean {
  if (shape.kind !== 'optional') return fits(shape, given[name]);
  if (given[name] === undefined) return !(shape.refusesUndefined && name in given);
  return fits(shape.shape, given[name]);
}

function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
