import { describe, expect, it } from 'vitest';
import { labelsIn, renderTemplate } from './render-template.ts';

const labels = { item: 'db-1', site: 'plant' };

// The values are those that Prometheus itself gives; test/compiled/rule-tests.long.test.ts holds more of them to promtool.
describe('renderTemplate', () => {
  it.each([
    { name: 'fills in labels', template: '{{ $labels.item }} at {{$labels.site}}', value: 0, text: 'db-1 at plant' },
    { name: 'has nothing for a label that is not there', template: '<{{ $labels.device }}>', value: 0, text: '<>' },
    { name: 'writes a plain value as it is', template: '{{ $value }}', value: 123456.5, text: '123456.5' },
    { name: 'writes a million with an exponent', template: '{{ $value }}', value: 1_000_000, text: '1e+06' },
    { name: 'writes a small plain value with one', template: '{{ $value }}', value: 0.00001, text: '1e-05' },
    {
      name: 'writes shares as percentages',
      template: '{{ $value | humanizePercentage }}',
      value: 0.945,
      text: '94.5%',
    },
    {
      name: 'keeps four digits of a percentage',
      template: '{{ $value | humanizePercentage }}',
      value: 1 / 3,
      text: '33.33%',
    },
    {
      name: 'rounds a tie to the even digit below it',
      template: '{{ $value | humanize }}',
      value: 110.25,
      text: '110.2',
    },
    {
      name: 'rounds a tie to the even digit above it',
      template: '{{ $value | humanize }}',
      value: 110.75,
      text: '110.8',
    },
    { name: 'rounds a negative tie likewise', template: '{{ $value | humanize }}', value: -110.25, text: '-110.2' },
    { name: 'rounds up what is above a tie', template: '{{ $value | humanize }}', value: 110.250_001, text: '110.3' },
    { name: 'writes large values with a prefix', template: '{{ $value | humanize }}', value: 1_500_000, text: '1.5M' },
    { name: 'writes small values with a prefix', template: '{{ $value | humanize }}', value: 0.0025, text: '2.5m' },
    { name: 'writes bytes by 1024', template: '{{ $value | humanize1024 }}B', value: 3 * 1024 ** 3, text: '3GiB' },
    { name: 'writes days', template: '{{ $value | humanizeDuration }}', value: 90_061, text: '1d 1h 1m 1s' },
    { name: 'writes minutes', template: '{{ $value | humanizeDuration }}', value: 125.9, text: '2m 5s' },
    { name: 'writes seconds with a fraction', template: '{{ $value | humanizeDuration }}', value: 2.1, text: '2.1s' },
    { name: 'writes less than a second', template: '{{ $value | humanizeDuration }}', value: 0.0525, text: '52.5ms' },
    {
      name: 'writes a time that has passed',
      template: '{{ $value | humanizeDuration }}',
      value: -3700,
      text: '-1h 1m 40s',
    },
    {
      name: 'does not know on which side of a tie a mean comes to lie',
      template: '{{ $value | humanizeDuration }}',
      value: 1.0125,
      text: null,
    },
    {
      name: 'does not know whether a sum reaches the next second',
      template: '{{ $value | humanizeDuration }}',
      value: 61 - 1e-14,
      text: null,
    },
    { name: 'does not know other functions', template: '{{ $value | printf "%.1f" }}', value: 1, text: null },
    { name: 'does not know queries', template: '{{ query "up" }}', value: 1, text: null },
  ])('$name', ({ template, value, text }) => {
    expect(renderTemplate(template, labels, value)).toBe(text);
  });
});

it('labelsIn names the labels that a template shows', () => {
  expect(labelsIn('{{ $labels.device }} of {{ $labels.item }}: {{ $value }}')).toEqual(['device', 'item']);
});
