import { inferLabels, type LabelFact, labelFact } from '../../languages/promql/index.ts';
import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../lint-input.ts';

/** What is known of a label of the alerts that a rule sends: the rule's own labels win over those of the expression. */
export function alertLabel(rule: Rule, label: string, context: LintContext): LabelFact {
  if (label === 'alertname') return { presence: 'present', value: rule.name };
  const own = rule.labels[label];
  if (own === '') return { presence: 'absent' };
  if (own !== undefined) return { presence: 'present', value: own.includes('{{') ? null : own };
  const parsed = context.parse(rule.expression);
  if (parsed.kind === 'refused') return { presence: 'possible' };
  const index = context.indexOf(rule.expression, rule.kind);
  return labelFact(index?.labels() ?? inferLabels(parsed.expression), label);
}

/** Hundreds of routes ask about the same few labels of an alert. */
const known = new WeakMap<LintContext, WeakMap<Rule, Map<string, LabelFact>>>();

/** As Alertmanager sees it: its Prometheus adds external labels, and without its configuration nobody knows which. */
export function sentLabel(rule: Rule, label: string, context: LintContext): LabelFact {
  const ofContext = known.get(context) ?? new WeakMap<Rule, Map<string, LabelFact>>();
  known.set(context, ofContext);
  const ofRule = ofContext.get(rule) ?? new Map<string, LabelFact>();
  ofContext.set(rule, ofRule);
  const fact = ofRule.get(label) ?? findSentLabel(rule, label, context);
  ofRule.set(label, fact);
  return fact;
}

function findSentLabel(rule: Rule, label: string, context: LintContext): LabelFact {
  const fact = alertLabel(rule, label, context);
  if (fact.presence !== 'absent') return fact;
  if (context.externalLabels === null) return label === 'severity' ? fact : { presence: 'possible' };
  return label in context.externalLabels ? { presence: 'present', value: null } : fact;
}
