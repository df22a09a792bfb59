import { isJsonObject, type JsonObject, type Resource } from '../../model/index.ts';
import { homeDiagnostics } from './diagnostics.ts';
import { objectsIn } from './field-names.ts';
import { matchedNamespace } from './namespace-matcher.ts';
import { clusterName } from './object-names.ts';
import { type HomeContext, movedParts, type Translated, tellUnsaid } from './translation.ts';

/** The operator puts rule files into ConfigMaps that it fills to the half. */
const maxRuleBytes = 512 * 1024;

const groupFields = new Set(['name', 'interval', 'limit', 'query_offset', 'labels', 'rules']);
const ruleFields = new Set(['alert', 'record', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations']);

/** A rule file with its one group as a PrometheusRule. */
export function translateRules(context: HomeContext, resource: Resource): Translated {
  const { stack } = context.operated;
  const group = isJsonObject(resource.spec.group) ? resource.spec.group : {};
  const rules = objectsIn(group.rules).map((rule) => withOrigin(context, rule));
  const spec: JsonObject = { groups: [{ ...group, rules }] };
  const bytes = new TextEncoder().encode(JSON.stringify(spec)).length;
  return {
    objects: [
      {
        of: resource,
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PrometheusRule',
        nameOf: (name) => clusterName(stack.name, name),
        body: { spec },
        parts: movedParts(resource, '/group', '/spec/groups/0'),
      },
    ],
    diagnostics: [
      ...tellUnknown(context, resource, group),
      ...(bytes <= maxRuleBytes
        ? []
        : [
            homeDiagnostics.create(
              'rules-too-large',
              { name: resource.address, bytes, maxBytes: maxRuleBytes },
              { position: resource.source, subject: resource.address },
            ),
          ]),
    ],
  };
}

/**
 * A Prometheus of its own gives its alerts external labels, which the one of a cluster may not have. Rules say the same:
 * each of these labels, unless the alert has it. Routing tells by them whose an alert is.
 */
function withOrigin(context: HomeContext, rule: JsonObject): JsonObject {
  if (rule.alert === undefined) return rule;
  const { name: stack, tier, site } = context.operated.stack;
  const own = isJsonObject(rule.labels) ? rule.labels : {};
  const origin = Object.entries({ stack, tier, site })
    .filter(([label]) => own[label] === undefined)
    .map(([label, value]) => [label, `{{ if $labels.${label} }}{{ $labels.${label} }}{{ else }}${value}{{ end }}`]);
  const namespace = matchedNamespace(context.home);
  return {
    ...rule,
    labels: { ...own, ...Object.fromEntries(origin), ...(namespace === null ? {} : { namespace }) },
  };
}

function tellUnknown(context: HomeContext, resource: Resource, group: JsonObject) {
  const about = { kind: 'PrometheusRule', remedy: 'Leave the field out, or keep Prometheus outside of the cluster.' };
  const unknown = (fields: JsonObject, known: ReadonlySet<string>) =>
    Object.keys(fields).filter((name) => !known.has(name));
  return [
    ...tellUnsaid(
      context,
      resource,
      { ...about, what: 'The rule group', pointer: '/group' },
      unknown(group, groupFields),
    ),
    ...objectsIn(group.rules).flatMap((rule, index) =>
      tellUnsaid(
        context,
        resource,
        { ...about, what: `The rule ${String(rule.alert ?? rule.record)}`, pointer: `/group/rules/${index}` },
        unknown(rule, ruleFields),
      ),
    ),
  ];
}
