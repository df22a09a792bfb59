import type { AlertShape, InhibitRule } from '../../languages/alert-routing/index.ts';
import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../lint-input.ts';
import { sentLabel } from './alert-labels.ts';

/** Beyond this many labels that may be there or not, only all and none of them are looked at. */
const mostOptional = 6;

/**
 * What is known, before they fire, of the alerts that Alertmanager gets, as far as one inhibit rule looks at it. A label
 * that may be there or not gives a shape with it and one without; equal shapes are one.
 */
export function shapesFor(inhibit: InhibitRule, context: LintContext): readonly AlertShape[] {
  const { source, target, equal } = inhibit;
  const labels = [...new Set([...[...source, ...target].map(({ label }) => label), ...equal])];
  const shapes = new Map<string, AlertShape>();
  for (const rule of context.heardAlerts)
    for (const shape of shapesOf(rule, labels, context)) shapes.set(JSON.stringify(shape), shape);
  return [...shapes.values()];
}

function shapesOf(rule: Rule, labels: readonly string[], context: LintContext): readonly AlertShape[] {
  const known: Record<string, string | null> = {};
  const optional: string[] = [];
  for (const label of labels) {
    const fact = sentLabel(rule, label, context);
    if (fact.presence === 'present') known[label] = fact.value;
    if (fact.presence === 'possible') optional.push(label);
  }
  return choicesOf(optional).map((chosen) => ({
    ...known,
    ...Object.fromEntries(chosen.map((label) => [label, null])),
  }));
}

function choicesOf(labels: readonly string[]): readonly (readonly string[])[] {
  if (labels.length > mostOptional) return [[], labels];
  let choices: readonly (readonly string[])[] = [[]];
  for (const label of labels) choices = choices.flatMap((chosen) => [chosen, [...chosen, label]]);
  return choices;
}
