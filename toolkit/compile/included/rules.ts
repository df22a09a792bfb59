import type { JsonObject, Resource, ResourcePart, Rule, RuleGroup } from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import { type OperatedStack, paced } from '../operated-stack.ts';
import { type IncludedBy, inclusionStep } from './included-by.ts';

/** A rule group as it is written, in a file of its own id: two groups may have one name. */
export function compileRuleGroup(operated: OperatedStack, inclusion: IncludedBy<RuleGroup>): Resource {
  const { id, name = id, interval, rules, source, kind: _, ...rest } = inclusion.content;
  const resource = makeResource(operated, {
    type: 'prometheus-rules',
    name: id,
    target: 'prometheus',
    spec: {
      ...(name === id ? {} : { file: id }),
      group: {
        name,
        ...(interval === undefined ? {} : { interval: paced(operated, interval) }),
        ...rest,
        rules: rules.map((rule) => printRule(operated, rule)),
      },
    },
    items: [],
    derivation: [inclusionStep(operated, inclusion, `the rule group ${name}`)],
    parts: partsOf(rules),
  });
  return { ...resource, source };
}

function printRule(operated: OperatedStack, { kind: _, source: __, ...rule }: Rule): JsonObject {
  if ('record' in rule) return { ...rule };
  const { for: wait, keep_firing_for: keep, ...rest } = rule;
  return {
    ...rest,
    ...(wait === undefined ? {} : { for: paced(operated, wait) }),
    ...(keep === undefined ? {} : { keep_firing_for: paced(operated, keep) }),
  };
}

/** Alerts of one name are common, as for two severities; the second is `HostDown:2`. */
function partsOf(rules: readonly Rule[]): readonly ResourcePart[] {
  const seen = new Map<string, number>();
  return rules.map((rule, index) => {
    const name = 'record' in rule ? rule.record : rule.alert;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const text = 'record' in rule ? `Recorded by hand: ${name}.` : `An alert that is written by hand: ${name}.`;
    return {
      name: count === 1 ? name : `${name}:${count}`,
      pointer: `/group/rules/${index}`,
      derivation: [{ kind: 'declaration', subject: name, text, source: rule.source }],
    };
  });
}
