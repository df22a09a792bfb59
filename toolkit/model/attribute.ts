import type { JsonObject, JsonValue } from './json.ts';

/**
 * One attribute of a class: typed in TypeScript through `Value`, checked at run time through `schema` (JSON Schema), so
 * that a row of a CSV file is held to the same rule as a literal in TypeScript.
 */
export interface Attribute<Value extends JsonValue = JsonValue, Required extends boolean = boolean> {
  readonly schema: JsonObject;
  readonly required: Required;
  /** How a CSV cell becomes a value of this attribute. */
  readonly cell: 'text' | 'integer' | 'number' | 'boolean' | 'list';
  readonly doc: string;
  readonly default?: Value;
  /** Carries `Value` for inference only; never present. */
  readonly __value?: Value;
}

/** The attributes of a class, by name. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** The TypeScript type of an item's attributes: required ones present, the others optional. */
export type AttributeValues<Declared extends Attributes> = {
  readonly [Name in keyof Declared as Declared[Name] extends Attribute<JsonValue, true> ? Name : never]: ValueOf<
    Declared[Name]
  >;
} & {
  readonly [Name in keyof Declared as Declared[Name] extends Attribute<JsonValue, true> ? never : Name]?: ValueOf<
    Declared[Name]
  >;
};

type ValueOf<Declared> = Declared extends Attribute<infer Value> ? Value : never;

/** Any text that is not empty. */
export function text(doc: string): Attribute<string, true> {
  return { schema: { type: 'string', minLength: 1 }, required: true, cell: 'text', doc };
}

/** A DNS name or IP address, without scheme and port. */
export function networkName(doc: string): Attribute<string, true> {
  const schema = {
    type: 'string',
    pattern: '^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+)$',
    maxLength: 253,
    title: 'a name of a host or an IP address, without scheme and port',
  };
  return { schema, required: true, cell: 'text', doc };
}

/** An absolute http or https URL. */
export function httpUrl(doc: string): Attribute<string, true> {
  const schema = { type: 'string', pattern: '^https?://[^\\s/]+', title: 'a URL that begins with http:// or https://' };
  return { schema, required: true, cell: 'text', doc };
}

/**
 * Where a credential lies, never the credential: `env:SNMP_COMMUNITY` is a variable of the machine that runs opsctl,
 * `file:secrets/snmp` a file. `secretAt` makes the reference of it that a source hands on.
 */
export function credential(doc: string): Attribute<string, true> {
  // A value that is none may be the credential itself; `writeOnly` keeps it out of messages.
  const schema = { type: 'string', pattern: '^(env:[A-Za-z_][A-Za-z0-9_]*|file:\\S+)$', writeOnly: true };
  return { schema, required: true, cell: 'text', doc };
}

/** A port number, 1 to 65535. */
export function port(doc: string): Attribute<number, true> {
  return { schema: { type: 'integer', minimum: 1, maximum: 65535 }, required: true, cell: 'integer', doc };
}

/** A whole number, in a range where one is given. */
export function integer(
  doc: string,
  range: { readonly minimum?: number; readonly maximum?: number } = {},
): Attribute<number, true> {
  return { schema: { type: 'integer', ...range }, required: true, cell: 'integer', doc };
}

/** A number, in a range where one is given. */
export function number(
  doc: string,
  range: { readonly minimum?: number; readonly maximum?: number } = {},
): Attribute<number, true> {
  return { schema: { type: 'number', ...range }, required: true, cell: 'number', doc };
}

/** Yes or no; in a CSV cell true/false, yes/no, 1/0 or 是/否. */
export function flag(doc: string): Attribute<boolean, true> {
  return { schema: { type: 'boolean' }, required: true, cell: 'boolean', doc };
}

/** One of a few texts. */
export function choice<const Option extends string>(doc: string, options: readonly Option[]): Attribute<Option, true> {
  return { schema: { type: 'string', enum: options }, required: true, cell: 'text', doc };
}

/** Several texts; in a CSV cell separated by `;`. */
export function list(doc: string): Attribute<readonly string[], true> {
  return {
    schema: { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true },
    required: true,
    cell: 'list',
    doc,
  };
}

/** The attribute may be left out; `fallback` is then its value. */
export function optional<Value extends JsonValue>(
  attribute: Attribute<Value, true>,
  fallback?: Value,
): Attribute<Value, false> {
  return { ...attribute, required: false, ...(fallback === undefined ? {} : { default: fallback }) };
}
