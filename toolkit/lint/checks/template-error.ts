import { pointerTo } from '../../diagnostics/index.ts';
import type { Check } from '../check.ts';
import { templatesOf } from '../templates/templates-of.ts';

export const check: Check = {
  code: 'template-error',
  about: 'rule',
  severity: 'error',
  summary: 'Template that cannot be filled in',
  why: 'Prometheus refuses the file, or sends the error message instead of the text when the alert fires.',
  hint: 'Close what is open with {{ end }}, and use the functions and variables that Prometheus has: $labels, $value, $externalLabels.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n  annotations:\n    summary: "{{ $labels.instance is down"\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n  annotations:\n    summary: "{{ $labels.instance }} is down"\n',
  judge: (rule) =>
    templatesOf(rule).flatMap(({ section, name, read: { problem } }) => {
      if (problem === null) return [];
      const found = problem.found === undefined ? {} : { found: problem.found };
      return [{ text: `In ${name}: ${problem.text}`, pointer: pointerTo(`/${section}`, name), ...found }];
    }),
};
