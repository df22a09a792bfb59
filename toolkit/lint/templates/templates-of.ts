import type { Rule } from '../lint-input.ts';
import { type ReadTemplate, readTemplate } from './go-template.ts';

export interface RuleTemplate {
  readonly section: 'labels' | 'annotations';
  readonly name: string;
  readonly text: string;
  readonly read: ReadTemplate;
}

/** Several checks look at the templates of a rule, one after the other. */
const known = new WeakMap<Rule, readonly RuleTemplate[]>();

/** Labels and annotations of an alert that hold actions; of a recording rule, Prometheus takes them as they are. */
export function templatesOf(rule: Rule): readonly RuleTemplate[] {
  if (rule.kind !== 'alert') return none;
  const before = known.get(rule);
  if (before !== undefined) return before;
  const templates: RuleTemplate[] = [];
  for (const section of ['labels', 'annotations'] as const)
    for (const [name, text] of Object.entries(rule[section]))
      if (text.includes('{{')) templates.push({ section, name, text, read: readTemplate(text) });
  known.set(rule, templates);
  return templates;
}

const none: readonly never[] = [];
