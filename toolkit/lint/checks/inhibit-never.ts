import {
  findInhibitionFacts,
  type InhibitionFact,
  type InhibitRule,
  type Matcher,
  printMatcher,
} from '../../languages/alert-routing/index.ts';
import type { Check, Problem } from '../check.ts';
import { shapesFor } from '../facts/alert-shapes.ts';
import type { LintContext } from '../lint-context.ts';

export const check: Check = {
  code: 'inhibit-never',
  about: 'alertmanager',
  severity: 'warning',
  summary: 'Inhibition that never happens',
  why: 'The alerts that were to be kept back are all sent: when a switch fails, a hundred hosts behind it tell as well.',
  hint: 'Compare the matchers and the labels under `equal` with those that the alerts have.',
  bad: 'route: {receiver: team}\nreceivers:\n  - name: team\ninhibit_rules:\n  - source_matchers: [alertname="SwitchDwon"]\n    target_matchers: [alertname="HostDown"]\n    equal: [site]\n---\ngroups:\n  - name: network\n    rules:\n      - {alert: SwitchDown, expr: "switch_up == 0", for: 5m}\n      - {alert: HostDown, expr: "up == 0", for: 5m}\n',
  good: 'route: {receiver: team}\nreceivers:\n  - name: team\ninhibit_rules:\n  - source_matchers: [alertname="SwitchDown"]\n    target_matchers: [alertname="HostDown"]\n    equal: [site]\n---\ngroups:\n  - name: network\n    rules:\n      - {alert: SwitchDown, expr: "switch_up == 0", for: 5m}\n      - {alert: HostDown, expr: "up == 0", for: 5m}\n',
  judge: ({ config }, context) => config.inhibitRules.flatMap((rule) => judgeInhibition(rule, context)),
};

function judgeInhibition(inhibit: InhibitRule, context: LintContext): readonly Problem[] {
  const { pointer } = inhibit;
  if (isSelf(inhibit)) {
    const text = 'What matches the target matches the source as well, and such alerts do not inhibit each other.';
    return [{ text, pointer }];
  }
  if (context.heardAlerts.length === 0) return [];
  return findInhibitionFacts([inhibit], shapesFor(inhibit, context)).flatMap((fact) => describe(fact));
}

function describe(fact: InhibitionFact): readonly Problem[] {
  const { pointer, source, target } = fact.rule;
  switch (fact.kind) {
    // Alerts of other rule files may be meant by anything but a name.
    case 'no-source':
      return namesAlert(source) ? [{ text: `No alert matches ${print(source)}.`, pointer }] : [];
    case 'no-target':
      return namesAlert(target) ? [{ text: `No alert matches ${print(target)}.`, pointer }] : [];
    case 'never-equal': {
      const text = `No alert of the source side agrees with one of the target side on ${fact.labels.join(', ')}.`;
      return [{ text, pointer: `${pointer}/equal` }];
    }
    case 'trivially-equal':
    case 'both-sides':
      return [];
    default:
      return fact satisfies never;
  }
}

/** An alert that matches both sides cannot be inhibited by another that does. */
function isSelf({ source, target }: InhibitRule): boolean {
  return (
    source.length > 0 &&
    source.every((wide) =>
      target.some(
        (narrow) => narrow.label === wide.label && narrow.operator === wide.operator && narrow.value === wide.value,
      ),
    )
  );
}

function namesAlert(matchers: readonly Matcher[]): boolean {
  return matchers.some(({ label, values }) => label === 'alertname' && values !== null);
}

function print(matchers: readonly Matcher[]): string {
  return matchers.map(printMatcher).join(', ');
}
