import { pointerTo } from '../../diagnostics/index.ts';
import type { Check } from '../check.ts';
import { readTemplate } from '../templates/go-template.ts';

export const check: Check = {
  code: 'value-in-label',
  about: 'rule',
  severity: 'warning',
  summary: 'Value of the alert in a label',
  why: 'Labels are what an alert is told by. With the value among them each evaluation makes another alert: `for` never ends, and notifications come without end.',
  hint: 'Put the value into an annotation.',
  bad: '- alert: Hot\n  expr: temperature_celsius > 60\n  for: 5m\n  labels:\n    current: "{{ $value }}"\n  annotations:\n    summary: "Too hot"\n',
  good: '- alert: Hot\n  expr: temperature_celsius > 60\n  for: 5m\n  annotations:\n    summary: "{{ $value }} degrees"\n',
  judge: (rule) =>
    Object.entries(rule.labels).flatMap(([name, text]) => {
      if (rule.kind !== 'alert' || !text.includes('{{')) return [];
      const { usesValue } = readTemplate(text);
      // A choice by the value (`{{ if gt $value 90.0 }}critical`) changes seldom, and is sometimes meant.
      if (!usesValue || /\{\{-?\s*if\b/.test(text)) return [];
      return [{ text: `The label ${name} changes with every value.`, pointer: pointerTo('/labels', name) }];
    }),
};
