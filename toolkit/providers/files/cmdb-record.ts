import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, fileNameOf } from '../../host/file-set/index.ts';
import { isJsonObject, type JsonObject, type Resource } from '../../model/index.ts';
import { filesDiagnostics } from './diagnostics.ts';
import { parseJson, printJson } from './json-text.ts';

/** The record of one configuration item for readers outside: `{ item, record }` lies in `<item>.json`. */
export const cmdbRecordKind: FileKind<JsonObject> = {
  type: 'cmdb-record',
  path: (spec) => `${fileNameOf(itemOf(spec))}.json`,
  print: (spec) => printJson(spec.record ?? {}),
  parse(text, known) {
    const parsed = parseJson(text);
    if (parsed.kind === 'invalid') return { state: 'malformed', reason: parsed.reason, spec: identity(known) };
    return { state: 'present', spec: { item: itemOf(known), record: parsed.value } };
  },
  identity,
};

export function validateCmdbRecord(resource: Resource): readonly Diagnostic[] {
  const { item, record } = resource.spec;
  if (typeof item === 'string' && item !== '' && isJsonObject(record)) return [];
  const occurrence = { position: resource.source, subject: resource.address };
  return [
    filesDiagnostics.create('bad-spec', { expected: '"item" with an id and "record" with an object' }, occurrence),
  ];
}

function itemOf(spec: JsonObject): string {
  return String(spec.item);
}

function identity(spec: JsonObject): JsonObject {
  return { item: itemOf(spec) };
}
