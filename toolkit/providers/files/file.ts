import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, type FileObservation, pathObjection } from '../../host/file-set/index.ts';
import { isSecretReference, type JsonObject, type Resource } from '../../model/index.ts';
import { filesDiagnostics } from './diagnostics.ts';
import { parseJson, printJson } from './json-text.ts';

/** A file as it is: `{ path, content: 'text' }`, or `{ path, json: {...} }` where only the value matters. */
export const fileKind: FileKind<JsonObject> = {
  type: 'file',
  path: pathOf,
  print: (spec) => (spec.json === undefined ? String(spec.content) : printJson(spec.json)),
  parse: (text, known) =>
    known.json === undefined ? { state: 'present', spec: asText(known, text) } : asJson(known, text),
  identity: (spec) => ({ path: pathOf(spec) }),
};

export function validateFile(resource: Resource): readonly Diagnostic[] {
  const { path, content, json } = resource.spec;
  const occurrence = { position: resource.source, subject: resource.address };
  const objection = typeof path === 'string' ? pathObjection(path) : 'it is no text';
  if (objection !== null) {
    return [filesDiagnostics.create('bad-path', { path: String(path), reason: objection }, occurrence)];
  }
  const hasContent = typeof content === 'string' || isSecretReference(content);
  if (hasContent !== (json !== undefined)) return [];
  return [filesDiagnostics.create('bad-spec', { expected: 'either "content" with a text or "json"' }, occurrence)];
}

function pathOf(spec: JsonObject): string {
  return String(spec.path);
}

function asText(known: JsonObject, text: string): JsonObject {
  return { path: pathOf(known), content: text };
}

/** A file that is no JSON any more is shown as the text it is. */
function asJson(known: JsonObject, text: string): FileObservation<JsonObject> {
  const parsed = parseJson(text);
  if (parsed.kind === 'invalid') return { state: 'malformed', reason: parsed.reason, spec: asText(known, text) };
  return { state: 'present', spec: { path: pathOf(known), json: parsed.value } };
}
