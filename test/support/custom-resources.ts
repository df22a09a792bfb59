import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parseYaml } from '../../toolkit/languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../toolkit/model/index.ts';

const folder = resolve(import.meta.dirname, '../../../shared/data/crds');

/** Published definitions of custom resources. They are others' files, so they lie outside of the repository. */
export const definitions = {
  available: existsSync(folder),
  title: (title: string) => (existsSync(folder) ? title : `${title} (skipped: ${folder} is not there)`),
};

/**
 * What an API server would refuse of an object, and what it would take away without a word: a field that its definition
 * does not have. Rules in CEL are left out, and defaults change nothing that could be refused.
 */
export function misfitsOf(manifest: JsonObject): readonly string[] {
  const key = `${String(manifest.apiVersion)} ${String(manifest.kind)}`;
  const validate = validators().get(key);
  if (validate === undefined) return [`there is no definition of ${key}`];
  return validate(manifest)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
}

let known: ReadonlyMap<string, ValidateFunction> | null = null;

function validators(): ReadonlyMap<string, ValidateFunction> {
  known ??= new Map(readdirSync(folder).flatMap((file) => readDefinition(readFileSync(join(folder, file), 'utf8'))));
  return known;
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: JsonObject } }[];
  };
}

function readDefinition(text: string): readonly (readonly [string, ValidateFunction])[] {
  const { spec } = parse(text) as unknown as Definition;
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, validateFormats: false });
  ajv.addKeyword({ keyword: 'uniqueBy', type: 'array', validate: isUniqueBy });
  return spec.versions.map(({ name, schema }) => [
    `${spec.group}/${name} ${spec.names.kind}`,
    ajv.compile(strictSchema(schema.openAPIV3Schema)),
  ]);
}

/** A list that is a map says by which of their fields its entries are told apart. */
function isUniqueBy(fields: readonly string[], entries: readonly JsonObject[]): boolean {
  const keys = entries.map((entry) => JSON.stringify(fields.map((field) => entry[field] ?? null)));
  return new Set(keys).size === keys.length;
}

/** The dialect of Kubernetes as JSON Schema, in which what is not named is not allowed. */
function strictSchema(schema: JsonObject): JsonObject {
  const { properties, items, additionalProperties, type, nullable, required, pattern } = schema;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const types = [schema['x-kubernetes-int-or-string'] === true ? ['integer', 'string'] : (type ?? [])].flat();
  const limits = ['enum', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'minProperties'];
  const keys = schema['x-kubernetes-list-map-keys'];
  return {
    ...(types.length === 0 ? {} : { type: nullable === true ? [...types, 'null'] : types }),
    ...Object.fromEntries(limits.flatMap((name) => (schema[name] === undefined ? [] : [[name, schema[name]]]))),
    ...(typeof pattern === 'string' ? { pattern: inThisDialect(pattern) } : {}),
    ...(required === undefined ? {} : { required }),
    ...(isJsonObject(properties) ? { properties: mapped(properties), additionalProperties: isOpen } : {}),
    ...(isJsonObject(additionalProperties) ? { additionalProperties: strictSchema(additionalProperties) } : {}),
    ...(isJsonObject(items) ? { items: strictSchema(items) } : {}),
    ...(keys === undefined ? {} : { uniqueBy: keys }),
  };
}

function mapped(properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, child]) => [name, isJsonObject(child) ? strictSchema(child) : child]),
  );
}

/** Go takes a flag in the middle of a pattern. */
function inThisDialect(pattern: string): string {
  return pattern.includes('(?i)') ? `(?i:${pattern.replaceAll('(?i)', '')})` : pattern;
}

function parse(text: string): JsonValue {
  const { value, diagnostics } = parseYaml(text, 'definition.yaml');
  if (diagnostics.length > 0) throw new Error(`A definition could not be read: ${JSON.stringify(diagnostics[0])}`);
  return value as JsonValue;
}
