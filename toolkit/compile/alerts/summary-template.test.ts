import { expect, it } from 'vitest';
import { summaryTemplate } from './summary-template.ts';

it.each([
  {
    name: 'labels are filled in, with capitals in them too',
    summary: '{ifName} of {item} is down',
    template: '{{ $labels.ifName }} of {{ $labels.item }} is down',
  },
  {
    name: 'degrees stand behind the number',
    summary: '{part} is at {value}',
    template: '{{ $labels.part }} is at {{ $value | humanize }} °C',
  },
])('$name', ({ summary, template }) => {
  expect(summaryTemplate(summary, 'celsius')).toBe(template);
});

it.each([
  { unit: 'amperes', template: '{{ $value | humanize }}A' },
  { unit: 'volts', template: '{{ $value | humanize }}V' },
  { unit: 'watts', template: '{{ $value | humanize }}W' },
] as const)('$unit are written behind the number with its prefix', ({ unit, template }) => {
  expect(summaryTemplate('{value}', unit)).toBe(template);
});
