import { printYaml } from '../../languages/yaml/print-yaml.ts';
import { isJsonObject, type JsonObject, type JsonValue, type Resource, secretReferencesIn } from '../../model/index.ts';
import { homeDiagnostics } from './diagnostics.ts';
import { clusterName } from './object-names.ts';
import type { HomeContext, Translated } from './translation.ts';

/** The file of each exporter, in the layout that its images of today read. */
const files: Readonly<Record<string, { readonly key: string; readonly write: (modules: JsonObject) => JsonObject }>> = {
  blackbox: { key: 'blackbox.yml', write: (modules) => ({ modules }) },
  snmp: { key: 'snmp.yml', write: withAccessApart },
  modbus: { key: 'modbus.yml', write: (modules) => ({ modules: Object.entries(modules).map(named) }) },
  ipmi: { key: 'ipmi.yml', write: (modules) => ({ modules }) },
  json: { key: 'json.yml', write: (modules) => ({ modules }) },
};

/** The modules of an exporter as a ConfigMap, which its Deployment mounts. */
export function translateModules({ operated }: HomeContext, resource: Resource): Translated {
  const { target } = resource;
  const file = files[target];
  if (file === undefined) throw new Error(`Bug: the modules of ${target} have no file.`);
  const modules = isJsonObject(resource.spec.modules) ? resource.spec.modules : {};
  const secrets = secretReferencesIn(modules);
  const { name } = operated.stack;
  return {
    objects: [
      {
        of: resource,
        apiVersion: 'v1',
        kind: 'ConfigMap',
        nameOf: () => clusterName(name, target),
        body: { data: { [file.key]: printYaml(file.write(modules)) } },
        parts: resource.parts.map((part) => ({ ...part, pointer: `/data/${file.key}` })),
      },
    ],
    diagnostics:
      secrets.length === 0
        ? []
        : [
            homeDiagnostics.create(
              'secret-inside-text',
              { stack: name, target, secrets },
              { position: operated.stack.source, subject: resource.address },
            ),
          ],
  };
}

/** Since 0.23 snmp_exporter has the access beside the modules; each module of ours has one of its name. */
function withAccessApart(modules: JsonObject): JsonObject {
  const entries = Object.entries(modules).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]));
  const auths = entries.map(([name, { version, auth }]) => [
    name,
    { ...(version === undefined ? {} : { version }), ...(isJsonObject(auth) ? auth : {}) },
  ]);
  const bare = entries.map(([name, { version: _, auth: __, ...module }]) => [name, module]);
  return { auths: Object.fromEntries(auths), modules: Object.fromEntries(bare) };
}

function named([name, module]: [string, JsonValue]): JsonObject {
  return { name, ...(isJsonObject(module) ? module : {}) };
}
