import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, fileNameOf } from '../../host/file-set/index.ts';
import { isSecretReference, type JsonObject, type Resource } from '../../model/index.ts';
import { badSpec } from './spec-checks.ts';

export const secretsFolder = 'secrets';

/** A secret that the configuration names by its file: `{ name, value: { $secret } }` lies in `secrets/<name>`, closed to others. */
export const secretsKind: FileKind<JsonObject> = {
  type: 'prometheus-secret',
  path: (spec) => `${secretsFolder}/${fileNameOf(String(spec.name))}`,
  print: (spec) => String(spec.value),
  parse: (text, known) => ({ state: 'present', spec: { ...nameIn(known), value: text } }),
  identity: nameIn,
  isPrivate: true,
};

export function validateSecret(resource: Resource): readonly Diagnostic[] {
  const { name, value } = resource.spec;
  if (typeof name !== 'string' || name === '') return [badSpec(resource, '/name', 'a text')];
  return isSecretReference(value) ? [] : [badSpec(resource, '/value', 'a reference to a secret')];
}

function nameIn(spec: JsonObject): JsonObject {
  return { name: String(spec.name) };
}
