import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, fileNameOf, managedHeader } from '../../host/file-set/index.ts';
import { printYaml, readYamlMapping } from '../../languages/yaml/index.ts';
import { canonicalFields, isJsonObject, type JsonObject, type Resource } from '../../model/index.ts';
import { badSpec } from './spec-checks.ts';

export const provisioningFolder = 'provisioning';
const provisioningKinds: readonly string[] = ['dashboards', 'datasources'];

/** What Grafana reads when it starts: `{ kind, name, document }` lies in `provisioning/<kind>/<name>.yaml`. */
export const provisioningKind: FileKind<JsonObject> = {
  type: 'grafana-provisioning',
  path: provisioningPath,
  print: (spec) => managedHeader + printYaml(spec.document ?? {}),
  parse(text, known) {
    const read = readYamlMapping(text, provisioningPath(known));
    if (read.kind === 'unreadable') return { state: 'malformed', reason: read.reason, spec: identity(known) };
    return { state: 'present', spec: canonicalProvisioning({ ...identity(known), document: read.value }) };
  },
  identity,
};

export function canonicalProvisioning(spec: JsonObject): JsonObject {
  const { document } = spec;
  return isJsonObject(document) ? { ...spec, document: canonicalFields(document, {}) } : spec;
}

export function validateProvisioning(resource: Resource): readonly Diagnostic[] {
  const { kind, name, document } = resource.spec;
  if (typeof kind !== 'string' || !provisioningKinds.includes(kind)) {
    return [badSpec(resource, '/kind', `one of ${provisioningKinds.join(', ')}`)];
  }
  if (typeof name !== 'string' || name === '') return [badSpec(resource, '/name', 'a text')];
  if (!isJsonObject(document)) return [badSpec(resource, '/document', 'an object')];
  const list = kind === 'dashboards' ? 'providers' : 'datasources';
  const entries = document[list];
  const noVersion = document.apiVersion === 1 ? [] : [badSpec(resource, '/document/apiVersion', '1')];
  return Array.isArray(entries) ? noVersion : [...noVersion, badSpec(resource, `/document/${list}`, 'a list')];
}

function provisioningPath(spec: JsonObject): string {
  return `${provisioningFolder}/${fileNameOf(String(spec.kind))}/${fileNameOf(String(spec.name))}.yaml`;
}

function identity(spec: JsonObject): JsonObject {
  return { kind: String(spec.kind), name: String(spec.name) };
}
