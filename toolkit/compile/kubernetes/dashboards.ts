import { printYaml } from '../../languages/yaml/print-yaml.ts';
import { isJsonObject, type JsonObject, type Resource } from '../../model/index.ts';
import { objectsIn } from './field-names.ts';
import { clusterName, dataKey } from './object-names.ts';
import { type HomeContext, nothing, type Translated } from './translation.ts';

/** A dashboard as a ConfigMap that the sidecar of Grafana finds by its label; the folder is an annotation. */
export function translateDashboard({ operated, home }: HomeContext, resource: Resource): Translated {
  const { folder, dashboard } = resource.spec;
  const key = `${dataKey(String(isJsonObject(dashboard) ? dashboard.uid : ''))}.json`;
  return {
    objects: [
      {
        of: resource,
        apiVersion: 'v1',
        kind: 'ConfigMap',
        nameOf: (name) => clusterName(operated.stack.name, 'dashboard', name),
        labels: home.dashboards.label,
        annotations: { [home.dashboards.folderAnnotation]: String(folder) },
        body: { data: { [key]: `${JSON.stringify(dashboard, null, 2)}\n` } },
        parts: resource.parts.map((part) => ({ ...part, pointer: `/data/${key}` })),
      },
    ],
    diagnostics: [],
  };
}

/**
 * The data source as a ConfigMap of the sidecar. What makes Grafana read dashboards from files has no object: the sidecar
 * does that.
 */
export function translateProvisioning({ operated, home }: HomeContext, resource: Resource): Translated {
  if (resource.spec.kind !== 'datasources') return nothing;
  const document = isJsonObject(resource.spec.document) ? resource.spec.document : {};
  // Grafana does not start with two default data sources, and that of the cluster mostly is one.
  const datasources = objectsIn(document.datasources).map((one): JsonObject => ({ ...one, isDefault: false }));
  const { name } = operated.stack;
  return {
    objects: [
      {
        of: resource,
        apiVersion: 'v1',
        kind: 'ConfigMap',
        nameOf: () => clusterName(name, 'datasource'),
        labels: home.dashboards.datasourceLabel,
        body: { data: { [`opsctl-${name}.yaml`]: printYaml({ ...document, datasources }) } },
      },
    ],
    diagnostics: [],
  };
}
