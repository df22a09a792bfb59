import { nearestName } from '../diagnostics/index.ts';
import { fits } from './fits-shape.ts';
import type { FieldsShape, OptionalShape, RecordShape, Shape, ValueShape, VariantsShape } from './shape.ts';

/** One place in which a value does not have its shape. */
export interface Misfit {
  readonly kind: 'missing' | 'wrong' | 'unknown';
  /** `sites[2].timeZone`; empty for the value as a whole. */
  readonly path: string;
  /** Id or name of the innermost part around it that has one. */
  readonly of: string | null;
  readonly expected: string;
  readonly found: string;
  readonly nearest: string | null;
  readonly remedy: string | null;
}

/** Everywhere that the value differs from the shape. What is wrong as a whole is not looked into. */
export function findMisfits(shape: Shape, given: unknown): readonly Misfit[] {
  // Nearly everything fits, and then there is no place to tell: thousands of declarations are held at every start.
  return fits(shape, given) ? [] : searchMisfits(shape, given);
}

/** The same, without asking first. */
export function searchMisfits(shape: Shape, given: unknown): readonly Misfit[] {
  return misfitsAt(shape, given, { path: '', of: null });
}

interface Place {
  readonly path: string;
  readonly of: string | null;
}

function misfitsAt(shape: Shape, given: unknown, place: Place): readonly Misfit[] {
  switch (shape.kind) {
    case 'value':
      return shape.accepts(given) ? [] : [misfit(place, given, shape)];
    case 'list':
      if (!Array.isArray(given)) return [misfit(place, given, { expected: 'a list' })];
      // By index: a hole in a list is a missing entry, which `flatMap` would skip.
      return Array.from(given as readonly unknown[]).flatMap((entry, index) =>
        misfitsAt(shape.of, entry, { ...place, path: `${place.path}[${index}]` }),
      );
    case 'record':
      return misfitsInRecord(shape, given, place);
    case 'fields':
      return misfitsInFields(shape, given, place);
    case 'variants':
      return misfitsInVariants(shape, given, place);
    case 'branch':
      return misfitsAt(shape.choose(given), given, place);
    default:
      return shape satisfies never;
  }
}

function misfitsInRecord(shape: RecordShape, given: unknown, place: Place): readonly Misfit[] {
  if (!isObject(given)) return [misfit(place, given, { expected: 'an object with named entries' })];
  return Object.entries(given).flatMap(([name, entry]) => misfitsAt(shape.of, entry, inside(place, name)));
}

function misfitsInFields(shape: FieldsShape, given: unknown, outer: Place): readonly Misfit[] {
  if (!isObject(given)) return [misfit(outer, given, shape)];
  const names = Object.keys(shape.fields);
  const isLacking = names.some((name) => shape.fields[name]?.kind !== 'optional' && given[name] === undefined);
  if (shape.isMade && isLacking) return [misfit(outer, given, shape)];
  const place = { ...outer, of: nameOf(given) ?? outer.of };
  const unknown = shape.isOpen ? [] : Object.keys(given).filter((name) => !Object.hasOwn(shape.fields, name));
  const misfits = [
    ...unknown.map((name) => unknownField(name, names, place)),
    ...names.flatMap((name) => misfitsInField(shape.fields[name] as Shape | OptionalShape, given, name, place)),
  ];
  if (!shape.isChoice || misfits.length > 0) return misfits;
  return names.filter((name) => given[name] !== undefined).length === 1 ? [] : [misfit(outer, given, shape)];
}

function misfitsInField(
  shape: Shape | OptionalShape,
  given: Readonly<Record<string, unknown>>,
  name: string,
  place: Place,
): readonly Misfit[] {
  if (shape.kind !== 'optional') return misfitsAt(shape, given[name], inside(place, name));
  if (given[name] === undefined && !(shape.refusesUndefined && name in given)) return [];
  return misfitsAt(shape.shape, given[name], inside(place, name));
}

function misfitsInVariants(shape: VariantsShape, given: unknown, place: Place): readonly Misfit[] {
  const options = Object.keys(shape.of);
  if (!isObject(given)) return [misfit(place, given, shape)];
  const chosen = given[shape.by];
  const variant = typeof chosen === 'string' && Object.hasOwn(shape.of, chosen) ? shape.of[chosen] : undefined;
  if (variant !== undefined) return misfitsInFields(variant, given, place);
  return [misfit(inside(place, shape.by), chosen, { expected: `one of ${options.join(', ')}`, options })];
}

function misfit(
  { path, of }: Place,
  given: unknown,
  { expected, options = [], remedy, isConfidential = false }: Omit<ValueShape, 'kind' | 'accepts'>,
): Misfit {
  return {
    kind: given === undefined ? 'missing' : 'wrong',
    path,
    of,
    expected,
    found: isConfidential ? describeConfidential(given) : describe(given),
    nearest: typeof given === 'string' ? nearestName(given, options) : null,
    remedy: remedy ?? null,
  };
}

function unknownField(name: string, known: readonly string[], place: Place): Misfit {
  const expected = `one of ${known.join(', ')}`;
  const { path } = inside(place, name);
  return {
    kind: 'unknown',
    path,
    of: place.of,
    expected,
    found: name,
    nearest: nearestName(name, known),
    remedy: null,
  };
}

function inside({ path, of }: Place, name: string): Place {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return { path: `${path}[${JSON.stringify(name)}]`, of };
  return { path: path === '' ? name : `${path}.${name}`, of };
}

function nameOf({ id, name }: Readonly<Record<string, unknown>>): string | null {
  if (typeof id === 'string' && id !== '') return id;
  return typeof name === 'string' && name !== '' ? name : null;
}

function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function describeConfidential(given: unknown): string {
  return given === undefined || given === null ? describe(given) : 'something else, which is not repeated here';
}

/** Long enough to recognise it. */
const shownLength = 60;

function describe(given: unknown): string {
  if (given === undefined) return 'nothing';
  if (typeof given === 'string') return JSON.stringify(given.slice(0, shownLength));
  if (typeof given === 'number' || typeof given === 'bigint') return `the number ${given}`;
  if (Array.isArray(given)) return given.length === 0 ? 'an empty list' : 'a list';
  if (typeof given === 'object' && given !== null) return 'an object';
  return typeof given === 'boolean' || given === null ? String(given) : `a ${typeof given}`;
}
