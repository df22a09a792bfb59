import type { JsonValue } from './json.ts';
import { isSecretReference } from './secret.ts';

/**
 * What a value that content hands to a `define...()` call may look like, as data. Content runs with its types stripped,
 * and the library of JSON Schema stays out of the sandbox; a few kinds of shapes say all that is needed here.
 */
export type Shape = ValueShape | ListShape | RecordShape | FieldsShape | VariantsShape | BranchShape;

/** A value that is looked at as a whole. */
export interface ValueShape {
  readonly kind: 'value';
  /** Behind "must be": `a text`, `one of a, b`. */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** For "did you mean", where there are few. */
  readonly options?: readonly string[];
  /** Something better to do than to write what is expected. */
  readonly remedy?: string;
  /** What stands in its place may be the secret itself, and is not repeated. */
  readonly isConfidential?: boolean;
}

export interface ListShape {
  readonly kind: 'list';
  readonly of: Shape;
}

/** Names of the author's choice, all with the same shape. */
export interface RecordShape {
  readonly kind: 'record';
  readonly of: Shape;
}

/** Names of ours. Any other is a misspelling, unless the shape is open. */
export interface FieldsShape {
  readonly kind: 'fields';
  readonly fields: Readonly<Record<string, Shape | OptionalShape>>;
  readonly expected: string;
  readonly isOpen: boolean;
  /** Exactly one of the fields is given. */
  readonly isChoice: boolean;
  /** Made by a call of ours: what lacks a field is something else, and is told as a whole. */
  readonly isMade: boolean;
  readonly remedy?: string;
}

/** One of several, told apart by the text in one field. */
export interface VariantsShape {
  readonly kind: 'variants';
  readonly by: string;
  readonly of: Readonly<Record<string, FieldsShape>>;
  readonly expected: string;
  readonly remedy?: string;
}

/** One of two, told apart by the value itself. */
export interface BranchShape {
  readonly kind: 'branch';
  readonly choose: (value: unknown) => Shape;
}

/** May be left out. */
export interface OptionalShape {
  readonly kind: 'optional';
  readonly shape: Shape;
  /** Where a value that came out as `undefined` would mean something else than the author thinks. */
  readonly refusesUndefined: boolean;
}

type FieldShapes<Value> = {
  readonly [Name in keyof Value]-?: object extends Pick<Value, Name> ? OptionalShape : Shape;
};

/** The fields of one interface: a field that is forgotten here, or whose optionality differs, does not compile. */
export function fieldsOf<Value>(shapes: FieldShapes<Value>, expected = 'an object with named fields'): FieldsShape {
  const named = shapes as FieldsShape['fields'];
  return { kind: 'fields', fields: named, expected, isOpen: false, isChoice: false, isMade: false };
}

/** What a call of ours has given back, `expected` saying which. */
export function made<Value>(shapes: FieldShapes<Value>, expected: string, remedy?: string): FieldsShape {
  return { ...fieldsOf(shapes, expected), isMade: true, ...(remedy === undefined ? {} : { remedy }) };
}

export function andOthers(shape: FieldsShape): FieldsShape {
  return { ...shape, isOpen: true };
}

export function oneField(shape: FieldsShape): FieldsShape {
  return { ...shape, isChoice: true };
}

export function listOf(of: Shape): ListShape {
  return { kind: 'list', of };
}

export function recordOf(of: Shape): RecordShape {
  return { kind: 'record', of };
}

export function variants(
  by: string,
  of: VariantsShape['of'],
  about: { readonly expected: string; readonly remedy?: string },
): VariantsShape {
  return { kind: 'variants', by, of, ...about };
}

/** A short form that is one text, or the long form. */
export function textOr(shape: Shape): BranchShape {
  return { kind: 'branch', choose: (given) => (typeof given === 'object' && given !== null ? shape : someText) };
}

/** One of two kinds of objects, the first of which has this field. */
export function either(field: string, having: FieldsShape, lacking: FieldsShape): BranchShape {
  const has = (given: unknown) => typeof given === 'object' && given !== null && Object.hasOwn(given, field);
  return { kind: 'branch', choose: (given) => (has(given) ? having : lacking) };
}

export function maybe(shape: Shape): OptionalShape {
  return { kind: 'optional', shape, refusesUndefined: false };
}

/** As `maybe`, and never `undefined` by mistake. */
export function maybeDefined(shape: Shape): OptionalShape {
  return { kind: 'optional', shape, refusesUndefined: true };
}

export function value(expected: string, accepts: (given: unknown) => boolean, remedy?: string): ValueShape {
  return { kind: 'value', expected, accepts, ...(remedy === undefined ? {} : { remedy }) };
}

/** A reference to a secret; whoever writes the secret itself is told so, and it is told to nobody else. */
export const secret: ValueShape = {
  kind: 'value',
  expected: 'a reference to a secret such as { $secret: "env:NAME" }',
  accepts: (given) => isSecretReference(given as JsonValue),
  remedy:
    'Write { $secret: "env:NAME" } or { $secret: "file:PATH" }. If a real secret stood here, change it: whoever reads the repository knows it.',
  isConfidential: true,
};

export function oneOf(options: readonly string[]): ValueShape {
  const accepts = (given: unknown) => typeof given === 'string' && options.includes(given);
  return { ...value(`one of ${options.join(', ')}`, accepts), options };
}

export function matching(expected: string, pattern: RegExp): ValueShape {
  return value(expected, (given) => typeof given === 'string' && pattern.test(given));
}

export function isText(given: unknown): given is string {
  return typeof given === 'string' && given.trim() !== '';
}

/** Any text that is not blank. */
export const someText = value('a text', isText);
export const anyText = value('a text', (given) => typeof given === 'string');
export const finiteNumber = value('a finite number', (given) => Number.isFinite(given));
export const yesOrNo = value('true or false', (given) => typeof given === 'boolean');
export const aFunction = value('a function', (given) => typeof given === 'function');
/** Checked by somebody else. */
export const anything = value('a value', () => true);
export const anObject = value('an object', (given) => typeof given === 'object' && given !== null);
