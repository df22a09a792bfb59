import type { ErrorObject } from 'ajv';
import { nearestName, pointerSteps, pointerTo } from '../../diagnostics/index.ts';

/** One thing that is wrong with a value. */
export interface SchemaProblem {
  /** Where: JSON pointer into the value; of a missing or unknown property, the pointer it has or would have. */
  readonly pointer: string;
  readonly kind: 'missing' | 'unknown' | 'wrong-type' | 'not-an-option' | 'out-of-range' | 'wrong-form';
  /** Such as `a whole number from 1 to 65535`. */
  readonly expected: string;
  /** Such as `the text "http"`. */
  readonly found: string;
  /** A full sentence with both, and a suggestion where there is one. */
  readonly message: string;
}

export function describeProblem(error: ErrorObject): SchemaProblem {
  const { propertyName } = error;
  if (propertyName === undefined) return describeValueProblem(error);
  // Of the name of a property and not of its value.
  const { pointer: _, ...named } = describeValueProblem({ ...error, instancePath: '' });
  const message = named.message.replace(/^The value must be/, `The name ${JSON.stringify(propertyName)} must be`);
  return { ...named, pointer: pointerTo(error.instancePath, propertyName), kind: 'unknown', message };
}

function describeValueProblem(error: ErrorObject): SchemaProblem {
  const { instancePath, data } = error;
  const name = instancePath === '' ? 'The value' : nameOf(instancePath);
  switch (error.keyword) {
    case 'required':
      return missing(pointerTo(instancePath, error.params.missingProperty), error.params.missingProperty);
    case 'additionalProperties':
      return unknown(pointerTo(instancePath, error.params.additionalProperty), error);
    case 'type':
      return problem('wrong-type', instancePath, name, describeSchema(error.parentSchema), describeValue(data));
    case 'enum':
      return notAnOption(error, name);
    case 'const':
      return problem('not-an-option', instancePath, name, describeValue(error.schema), describeValue(data));
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
    case 'multipleOf':
      return problem('out-of-range', instancePath, name, describeSchema(error.parentSchema), describeValue(data));
    case 'minLength':
      return problem(
        'wrong-form',
        instancePath,
        name,
        `a text of ${atLeast(error.params.limit, 'character')}`,
        describeValue(data),
      );
    case 'maxLength':
      return problem(
        'wrong-form',
        instancePath,
        name,
        `a text of at most ${error.params.limit} characters`,
        `a text of ${length(data)}`,
      );
    case 'pattern':
      return problem('wrong-form', instancePath, name, formOf(error), describeValue(data));
    case 'minItems':
      return problem(
        'wrong-form',
        instancePath,
        name,
        `a list of ${atLeast(error.params.limit, 'entry', 'entries')}`,
        `a list of ${length(data)}`,
      );
    case 'maxItems':
      return problem(
        'wrong-form',
        instancePath,
        name,
        `a list of at most ${error.params.limit} entries`,
        `a list of ${length(data)}`,
      );
    case 'uniqueItems':
      return problem(
        'wrong-form',
        instancePath,
        name,
        'a list of different entries',
        `a list that has ${describeValue(at(data, error.params.i))} twice`,
      );
    default:
      return problem('wrong-form', instancePath, name, error.message ?? 'another value', describeValue(data));
  }
}

function problem(
  kind: SchemaProblem['kind'],
  pointer: string,
  name: string,
  expected: string,
  found: string,
): SchemaProblem {
  return { pointer, kind, expected, found, message: `${name} must be ${expected}, and is ${found}.` };
}

function missing(pointer: string, name: string): SchemaProblem {
  return {
    pointer,
    kind: 'missing',
    expected: `a value for ${name}`,
    found: 'nothing',
    message: `${name} is required and missing.`,
  };
}

function unknown(pointer: string, error: ErrorObject): SchemaProblem {
  const name: string = error.params.additionalProperty;
  const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
  const nearest = nearestName(name, known);
  const suggestion = nearest === null ? '' : ` Did you mean ${nearest}?`;
  return {
    pointer,
    kind: 'unknown',
    expected: known.length === 0 ? 'no fields' : `one of ${known.join(', ')}`,
    found: name,
    message: `${name} is not known here.${suggestion}`,
  };
}

function notAnOption(error: ErrorObject, name: string): SchemaProblem {
  const options = (error.schema as readonly unknown[]).map(String);
  const nearest = typeof error.data === 'string' ? nearestName(error.data, options) : null;
  const described = problem(
    'not-an-option',
    error.instancePath,
    name,
    `one of ${options.join(', ')}`,
    describeValue(error.data),
  );
  return nearest === null ? described : { ...described, message: `${described.message} Did you mean ${nearest}?` };
}

/** What a pattern is of in words, where its schema has a title for it. */
function formOf({ schema, parentSchema }: ErrorObject): string {
  const title: unknown = parentSchema?.title;
  return typeof title === 'string' ? title : `a text that matches ${schema}`;
}

/** What a schema asks for, as people say it. */
function describeSchema(schema: ErrorObject['parentSchema']): string {
  const types = [schema?.type].flat().filter((type) => typeof type === 'string');
  const named = types.map((type) => typeNames[type] ?? type).join(' or ');
  const base = named === '' ? 'a number' : named;
  return `${base}${describeRange(schema ?? {})}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of fields',
  null: 'null',
};

function describeRange(schema: Readonly<Record<string, unknown>>): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const parts = [
    minimum !== undefined && maximum !== undefined ? `from ${minimum} to ${maximum}` : null,
    minimum !== undefined && maximum === undefined ? `of at least ${minimum}` : null,
    minimum === undefined && maximum !== undefined ? `of at most ${maximum}` : null,
    exclusiveMinimum === undefined ? null : `above ${exclusiveMinimum}`,
    exclusiveMaximum === undefined ? null : `below ${exclusiveMaximum}`,
    multipleOf === undefined ? null : `divisible by ${multipleOf}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '' : ` ${parts.join(', ')}`;
}

const longestShown = 60;

/** A value as people say it: `the text "http"`, `the number 70000`, `a list`. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text ${JSON.stringify(shorten(value))}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : 'a mapping of fields';
}

function shorten(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** `/attributes/port` is `port`; `/addresses/0` is `addresses/0`. */
function nameOf(pointer: string): string {
  const steps = pointerSteps(pointer);
  const last = steps.at(-1) ?? '';
  return /^\d+$/.test(last) && steps.length > 1 ? `${steps.at(-2)}/${last}` : last;
}

function atLeast(limit: number, one: string, many = `${one}s`): string {
  return `at least ${limit} ${limit === 1 ? one : many}`;
}

function length(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}

function at(value: unknown, index: number): unknown {
  return Array.isArray(value) ? value[index] : undefined;
}
