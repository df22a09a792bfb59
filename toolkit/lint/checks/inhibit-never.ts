import { type InhibitRule, type Matcher, printMatcher } from '../../languages/alert-routing/index.ts';
import type { Check, Problem } from '../check.ts';
import { sentLabel } from '../facts/alert-labels.ts';
import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../lint-input.ts';

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
  const { source, target, equal, pointer } = inhibit;
  if (isSelf(inhibit)) {
    const text = 'What matches the target matches the source as well, and such alerts do not inhibit each other.';
    return [{ text, pointer }];
  }
  const alerts = context.heardAlerts;
  if (alerts.length === 0) return [];
  const sources = alerts.filter((rule) => canMatch(source, rule, context));
  const targets = alerts.filter((rule) => canMatch(target, rule, context));
  // Alerts of other rule files may be meant by anything but a name.
  if (sources.length === 0 && namesAlert(source)) return [{ text: `No alert matches ${print(source)}.`, pointer }];
  if (targets.length === 0 && namesAlert(target)) return [{ text: `No alert matches ${print(target)}.`, pointer }];
  if (sources.length === 0 || targets.length === 0) return [];
  return equal.flatMap((label) => {
    const [has, wants] = [sources, targets].map((rules) =>
      rules.some((rule) => sentLabel(rule, label, context).presence !== 'absent'),
    );
    if (has === wants) return [];
    const side = has === true ? 'target' : 'source';
    return [
      {
        text: `No alert on the ${side} side has the label ${label}, and all on the other side may.`,
        pointer: `${pointer}/equal`,
      },
    ];
  });
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

function canMatch(matchers: readonly Matcher[], rule: Rule, context: LintContext): boolean {
  return matchers.every((matcher) => {
    const fact = sentLabel(rule, matcher.label, context);
    if (fact.presence === 'absent') return matcher.accepts('');
    return fact.presence === 'possible' || fact.value === null || matcher.accepts(fact.value);
  });
}

function namesAlert(matchers: readonly Matcher[]): boolean {
  return matchers.some(({ label, values }) => label === 'alertname' && values !== null);
}

function print(matchers: readonly Matcher[]): string {
  return matchers.map(printMatcher).join(', ');
}
