import type { Diagnostic } from '../../diagnostics/index.ts';
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../../model/index.ts';
import { grafanaDiagnostics } from './diagnostics.ts';
import { badSpec, occurrenceOf } from './spec-checks.ts';

const uidPattern = /^[A-Za-z0-9_-]{1,40}$/;

/** What Grafana needs to show a dashboard. That the whole shape is Grafana's own is tested against its SDK's types. */
export function dashboardProblems(resource: Resource, dashboard: JsonObject): readonly Diagnostic[] {
  const { uid, title, schemaVersion, panels = [] } = dashboard;
  const badUid =
    typeof uid === 'string' && uidPattern.test(uid)
      ? []
      : [grafanaDiagnostics.create('bad-uid', { uid: String(uid) }, occurrenceOf(resource))];
  const noTitle = typeof title === 'string' && title !== '' ? [] : [badSpec(resource, '/dashboard/title', 'a text')];
  const noVersion = Number.isInteger(schemaVersion)
    ? []
    : [badSpec(resource, '/dashboard/schemaVersion', 'a whole number')];
  return [
    ...badUid,
    ...noTitle,
    ...noVersion,
    ...panelListProblems(resource, panels, '/dashboard/panels'),
    ...repeatedIds(resource, panels),
  ];
}

function panelListProblems(resource: Resource, panels: JsonValue, pointer: string): readonly Diagnostic[] {
  if (!Array.isArray(panels)) return [badSpec(resource, pointer, 'a list')];
  return panels.flatMap((panel: JsonValue, index) => panelProblems(resource, panel, `${pointer}/${index}`));
}

function panelProblems(resource: Resource, panel: JsonValue, pointer: string): readonly Diagnostic[] {
  if (!isJsonObject(panel)) return [badSpec(resource, pointer, 'an object')];
  const noType =
    typeof panel.type === 'string' ? [] : [badSpec(resource, `${pointer}/type`, 'the name of a panel type')];
  const noPlace = isPlace(panel.gridPos)
    ? []
    : [badSpec(resource, `${pointer}/gridPos`, 'x, y, w and h, within 24 columns')];
  const inside = panelListProblems(resource, panel.panels ?? [], `${pointer}/panels`);
  return [...noType, ...noPlace, ...inside];
}

const columns = 24;

function isPlace(place: JsonValue | undefined): boolean {
  if (!isJsonObject(place)) return false;
  const { x, y, w, h } = place;
  if (typeof x !== 'number' || typeof y !== 'number' || typeof w !== 'number' || typeof h !== 'number') return false;
  return x >= 0 && y >= 0 && w >= 1 && h >= 1 && x + w <= columns;
}

function repeatedIds(resource: Resource, panels: JsonValue): readonly Diagnostic[] {
  const ids = idsIn(panels);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...repeated].map((id) => grafanaDiagnostics.create('duplicate-panel-id', { id }, occurrenceOf(resource)));
}

function idsIn(panels: JsonValue): readonly number[] {
  if (!Array.isArray(panels)) return [];
  return panels.flatMap((panel: JsonValue) => {
    if (!isJsonObject(panel)) return [];
    return [...(typeof panel.id === 'number' ? [panel.id] : []), ...idsIn(panel.panels ?? [])];
  });
}
