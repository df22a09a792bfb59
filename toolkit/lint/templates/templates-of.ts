import type { Rule } from '../lint-input.ts';

export interface RuleTemplate {
  readonly section: 'labels' | 'annotations';
  readonly name: string;
  readonly text: string;
}

/** Labels and annotations of an alert that hold actions; of a recording rule, Prometheus takes them as they are. */
export function templatesOf(rule: Rule): readonly RuleTemplate[] {
  if (rule.kind !== 'alert') return [];
  return (['labels', 'annotations'] as const).flatMap((section) =>
    Object.entries(rule[section]).flatMap(([name, text]) => (text.includes('{{') ? [{ section, name, text }] : [])),
  );
}
