import { printYaml } from '../../languages/yaml/print-yaml.ts';
import { isJsonObject, type Resource } from '../../model/index.ts';
import { objectsIn } from './field-names.ts';
import { clusterName } from './object-names.ts';
import { type HomeContext, type Translated, tellUnsaid } from './translation.ts';

/** Of these the Prometheus object has fields, which are its owner's; jobs and rules are objects of their own. */
const saidElsewhere = new Set(['global', 'alerting', 'rule_files', 'scrape_configs']);
const key = 'alertmanagers.yaml';

/**
 * Of the main configuration only the Alertmanagers become an object: those of the tiers above are outside of the cluster,
 * and for such a Prometheus object names a Secret. Its labels and times stand in that object, which is not ours.
 */
export function translateMainConfig(context: HomeContext, resource: Resource): Translated {
  const { operated } = context;
  const config = isJsonObject(resource.spec.config) ? resource.spec.config : {};
  const alertmanagers = objectsIn(isJsonObject(config.alerting) ? config.alerting.alertmanagers : []);
  const name = clusterName(operated.stack.name, 'alertmanagers');
  const kind = 'Prometheus';
  const remedy = 'Say it in the Prometheus object, or keep Prometheus outside of the cluster.';
  const unsaid = Object.keys(config).filter((field) => !saidElsewhere.has(field));
  return {
    objects: [
      {
        of: resource,
        apiVersion: 'v1',
        kind: 'Secret',
        nameOf: () => name,
        body: { type: 'Opaque', stringData: { [key]: printYaml(alertmanagers) } },
      },
    ],
    diagnostics: tellUnsaid(context, resource, { what: 'The main configuration', pointer: '', kind, remedy }, unsaid),
  };
}

/** What the Prometheus object of the cluster has to say, for whoever owns it. */
export function prometheusFields(stack: string, resource: Resource): string {
  const config = isJsonObject(resource.spec.config) ? resource.spec.config : {};
  const { external_labels: labels = {} } = isJsonObject(config.global) ? config.global : {};
  const secret = clusterName(stack, 'alertmanagers');
  return `externalLabels: ${JSON.stringify(labels)}, prometheusExternalLabelName: "", additionalAlertManagerConfigs: { name: ${secret}, key: ${key} }`;
}
