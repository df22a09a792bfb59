import { isJsonObject, type JsonObject, type JsonValue } from '../model/index.ts';

/** The rules of a rule file, or of what it is in a cluster, a PrometheusRule. None in anything else. */
export function rulesInSpec(spec: JsonObject): readonly JsonObject[] {
  return [spec.group, ...groupsOfObject(spec)].flatMap((group) => objectsIn(isJsonObject(group) ? group.rules : null));
}

/** Where one of them stands: `/group/rules/3`, `/spec/groups/0/rules/3`. */
export const rulePointer = /^\/(?:group|spec\/groups\/\d+)\/rules\/\d+/;

/** The receivers of a configuration of Alertmanager, or of an AlertmanagerConfig. None in anything else. */
export function receiversInSpec({ config, kind, spec }: JsonObject): readonly JsonObject[] {
  const owner = kind === 'AlertmanagerConfig' ? spec : config;
  return objectsIn(isJsonObject(owner) ? owner.receivers : null);
}

function groupsOfObject({ kind, spec }: JsonObject): readonly JsonObject[] {
  return kind === 'PrometheusRule' && isJsonObject(spec) ? objectsIn(spec.groups) : [];
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isJsonObject) : [];
}
