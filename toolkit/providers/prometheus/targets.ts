import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, type FileObservation, fileNameOf } from '../../host/file-set/index.ts';
import {
  canonicalFields,
  inAnyOrder,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Resource,
} from '../../model/index.ts';
import { targetGroup } from './canonical-config.ts';
import { badLabels, badSpec } from './spec-checks.ts';

export const targetsFolder = 'targets';

/** A target list for file_sd: `{ name, groups: [{ targets, labels }] }` lies in `targets/<name>.json`. */
export const targetsKind: FileKind<JsonObject> = {
  type: 'prometheus-targets',
  path: (spec) => `${targetsFolder}/${fileNameOf(String(spec.name))}.json`,
  print: (spec) => `${JSON.stringify(spec.groups ?? [], null, 2)}\n`,
  parse: (text, known) => parseTargets(text, String(known.name)),
  identity: (spec) => ({ name: String(spec.name) }),
};

/** Prometheus makes a set of them: neither the order of groups nor that of targets means anything. */
export function canonicalTargets(spec: JsonObject): JsonObject {
  return { groups: [], ...canonicalFields(spec, { groups: inAnyOrder(targetGroup) }) };
}

export function validateTargets(resource: Resource): readonly Diagnostic[] {
  const { name, groups } = resource.spec;
  if (typeof name !== 'string' || name === '') return [badSpec(resource, '/name', 'a text')];
  if (!Array.isArray(groups)) return [badSpec(resource, '/groups', 'a list')];
  return groups.flatMap((group: JsonValue, index) => {
    const pointer = `/groups/${index}`;
    if (!isJsonObject(group) || !isTextList(group.targets))
      return [badSpec(resource, `${pointer}/targets`, 'a list of texts')];
    return badLabels(resource, group.labels, `${pointer}/labels`);
  });
}

function parseTargets(text: string, name: string): FileObservation<JsonObject> {
  let groups: JsonValue;
  try {
    groups = JSON.parse(text) as JsonValue;
  } catch (cause) {
    const reason = `it is not valid JSON (${cause instanceof Error ? cause.message : String(cause)})`;
    return { state: 'malformed', reason, spec: { name } };
  }
  if (!Array.isArray(groups)) return { state: 'malformed', reason: 'it holds no list of groups', spec: { name } };
  return { state: 'present', spec: canonicalTargets({ name, groups }) };
}

function isTextList(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
