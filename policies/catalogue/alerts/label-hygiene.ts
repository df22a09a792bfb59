import { alertRulesIn, type CompiledRule, definePolicy, labelledBy, partAt, type Stack } from 'opsctl';

/** What every alert tells about its item: routing, inhibition and tickets go by these, so no rule may rewrite them. */
const contract = ['item', 'class', 'tier', 'site', 'tenant', 'team', 'criticality'];

export const labelHygiene = definePolicy({
  id: 'alerts/label-hygiene',
  level: 'mandatory',
  title: { en: 'Alert labels must identify, and only that', zh: '告警标签只能用于标识' },
  rationale:
    'Labels are the identity of an alert. One that holds a value or a time makes a new alert at each evaluation, so `for` never ends and silences do not hold; one that is overwritten sends the alert to the wrong people.',
  remedy:
    'Put values and times into annotations, leave the labels of the item as they are, and keep each annotation on one line.',
  clauses: ['S0:A.1.2.d', 'S0:A.1.2.f'],
  check: ({ resources, stacks }) => {
    const written = new Set(stacks.flatMap(includedRules));
    const readBy = labelledBy(resources);
    return alertRulesIn(resources).flatMap((rule) =>
      [...faultsOf(rule, written.has(rule.resource.address)), ...gapsIn(readBy(rule))].map((fault) => ({
        subject: partAt(rule.resource, rule.pointer),
        item: null,
        message: `The alert ${rule.name} ${fault}.`,
      })),
    );
  },
});

/** What an alert reads from series of its own file, it is labelled by. */
function gapsIn(recorded: readonly CompiledRule[]): readonly string[] {
  const gaps = recorded.flatMap(({ name, labels }) => {
    const missing = contract.filter((label) => labels[label] === undefined);
    return missing.length === 0 ? [] : [`has no ${missing.join(', ')} from ${name}, which it reads`];
  });
  return [...new Set(gaps)];
}

/** Rules that are written by hand have no item whose labels they could overwrite: who hears of them, they say themselves. */
function includedRules({ name, inclusions }: Stack): readonly string[] {
  return inclusions.map(({ content }) => `${name}/prometheus-rules/${content.id}`);
}

function faultsOf({ labels, annotations }: CompiledRule, isWritten: boolean): readonly string[] {
  const inLabels = Object.entries(labels).flatMap(([label, value]) =>
    isWritten && contract.includes(label) ? [] : (labelFault(label, value) ?? []),
  );
  const broken = Object.keys(annotations).filter((name) => /[\r\n]/.test(annotations[name] ?? ''));
  return [...inLabels, ...broken.map((name) => `has line breaks in the annotation ${name}`)];
}

function labelFault(label: string, value: string): string | null {
  if (contract.includes(label)) return `overwrites the label ${label} of its item`;
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) || label.startsWith('__'))
    return `has the label ${JSON.stringify(label)}, which is no name for one`;
  if (value.trim() === '') return `has the label ${label} without a value, which Prometheus drops`;
  return holdsValue(value) ? `has a value or a time in the label ${label}` : null;
}

/** The value of the expression in a template, or what reads as a day or a time of the clock. */
function holdsValue(text: string): boolean {
  return (
    /\{\{[^}]*(?:\$value|\.Value|humanizeTimestamp|\bnow\b)/.test(text) ||
    /\b\d{4}-\d\d-\d\d\b|\b\d\d:\d\d:\d\d\b/.test(text)
  );
}
