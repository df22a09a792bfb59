import {
  type GrafanaDashboard,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Resource,
} from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { type IncludedBy, inclusionStep } from './included-by.ts';

/** A dashboard as it is written, with the inputs of its export filled in, as Grafana does when somebody imports it. */
export function compileGrafanaDashboard(operated: OperatedStack, inclusion: IncludedBy<GrafanaDashboard>): Resource {
  const { id, folder = operated.stack.name, json, source } = inclusion.content;
  const { __inputs: inputs, __requires: _, __elements: __, ...written } = json as JsonObject;
  const filled = withPlaces(fillIn(written, valuesOf(operated, inputs)) as JsonObject);
  const { uid } = filled;
  const hasUid = typeof uid === 'string' && uid !== '';
  const resource = makeResource(operated, {
    type: 'grafana-dashboard',
    name: id,
    target: 'grafana',
    spec: { folder, dashboard: hasUid ? filled : { ...filled, uid: id } },
    items: [],
    derivation: [inclusionStep(operated, inclusion, `the dashboard ${String(filled.title ?? id)}`)],
  });
  return { ...resource, source };
}

/** What stands for `${DS_PROMETHEUS}` and the like: the stack's own Prometheus, or the constant that was exported. */
function valuesOf({ stack }: OperatedStack, inputs: JsonValue | undefined): ReadonlyMap<string, string> {
  const list = Array.isArray(inputs) ? (inputs as readonly JsonValue[]).filter(isJsonObject) : [];
  return new Map(
    list.flatMap(({ name, type, pluginId, value }) => {
      if (type === 'datasource' && pluginId === 'prometheus') return [[`\${${String(name)}}`, `opsctl-${stack.name}`]];
      return type === 'constant' && typeof value === 'string' ? [[`\${${String(name)}}`, value]] : [];
    }),
  );
}

/** Where Grafana puts a panel that does not say it. */
const defaultPlace = { x: 0, y: 0, w: 6, h: 3 };

function withPlaces(dashboard: JsonObject): JsonObject {
  const { panels } = dashboard;
  if (!Array.isArray(panels)) return dashboard;
  const placed = panels.map((panel: JsonValue) => {
    if (!isJsonObject(panel)) return panel;
    return { ...panel, gridPos: { ...defaultPlace, ...(isJsonObject(panel.gridPos) ? panel.gridPos : {}) } };
  });
  return { ...dashboard, panels: placed };
}

function fillIn(value: JsonValue, values: ReadonlyMap<string, string>): JsonValue {
  if (values.size === 0) return value;
  if (typeof value === 'string') return values.get(value) ?? value;
  if (Array.isArray(value)) return value.map((entry: JsonValue) => fillIn(entry, values));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, fillIn(field, values)]));
}
