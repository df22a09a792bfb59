import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, type FileObservation, fileNameOf } from '../../host/file-set/index.ts';
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../../model/index.ts';
import { dashboardProblems } from './dashboard-checks.ts';
import { badSpec } from './spec-checks.ts';

export const dashboardsFolder = 'dashboards';

/**
 * A dashboard: `{ folder, dashboard: { uid, ... } }` lies in `dashboards/<folder>/<uid>.json`. Grafana shows the folder
 * of the file as a folder of its own when the provisioning file says `foldersFromFilesStructure`.
 */
export const dashboardKind: FileKind<JsonObject> = {
  type: 'grafana-dashboard',
  path: (spec) => `${dashboardsFolder}/${fileNameOf(folderOf(spec))}/${fileNameOf(uidOf(spec))}.json`,
  print: (spec) => `${JSON.stringify(spec.dashboard ?? {}, null, 2)}\n`,
  parse: parseDashboard,
  identity,
};

/** Grafana counts versions and gives ids of its own; a provisioned file is not where they come from. */
export function canonicalDashboard(spec: JsonObject): JsonObject {
  const { dashboard } = spec;
  if (!isJsonObject(dashboard)) return spec;
  const ownFields = Object.entries(dashboard).filter(([name]) => !['id', 'version', 'iteration'].includes(name));
  return { ...spec, dashboard: Object.fromEntries(ownFields) };
}

export function validateDashboard(resource: Resource): readonly Diagnostic[] {
  const { folder, dashboard } = resource.spec;
  if (typeof folder !== 'string' || folder === '') return [badSpec(resource, '/folder', 'a text')];
  if (!isJsonObject(dashboard)) return [badSpec(resource, '/dashboard', 'an object')];
  return dashboardProblems(resource, dashboard);
}

function parseDashboard(text: string, known: JsonObject): FileObservation<JsonObject> {
  let dashboard: JsonValue;
  try {
    dashboard = JSON.parse(text) as JsonValue;
  } catch (cause) {
    const reason = `it is not valid JSON (${cause instanceof Error ? cause.message : String(cause)})`;
    return { state: 'malformed', reason, spec: identity(known) };
  }
  if (!isJsonObject(dashboard)) return { state: 'malformed', reason: 'it holds no dashboard', spec: identity(known) };
  return { state: 'present', spec: canonicalDashboard({ folder: folderOf(known), dashboard }) };
}

function identity(spec: JsonObject): JsonObject {
  return { folder: folderOf(spec), dashboard: { uid: uidOf(spec) } };
}

function folderOf(spec: JsonObject): string {
  return String(spec.folder);
}

function uidOf(spec: JsonObject): string {
  const { dashboard } = spec;
  return String(isJsonObject(dashboard) ? dashboard.uid : undefined);
}
