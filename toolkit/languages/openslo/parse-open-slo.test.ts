import { describe, expect, it } from 'vitest';
import { parseOpenSlo } from './parse-open-slo.ts';
import { printOpenSlo } from './print-open-slo.ts';

const source = (query: string) => `{ metricSource: { type: Prometheus, spec: { query: '${query}' } } }`;
const head = (kind: string, name = 'checkout') => `apiVersion: openslo/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

const slo = `${head('SLO')}  displayName: Checkout
spec:
  service: shop
  indicatorRef: errors
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - targetPercent: 99.95
`;
const sli = `${head('SLI', 'errors')}spec:
  ratioMetric:
    counter: true
    good: ${source('sum(rate(requests_total{code="200"}[5m]))')}
    total: ${source('requests_total')}
`;

it('reads several documents of one file, and prints what it has read', () => {
  const { documents, diagnostics } = parseOpenSlo(
    `# ours\n---\n${slo}---\n${sli}---\n${head('Service', 'shop')}spec: {}\n`,
    'a.yaml',
  );
  expect(diagnostics).toEqual([]);
  expect(documents).toEqual([
    {
      kind: 'SLO',
      metadata: { name: 'checkout', displayName: 'Checkout' },
      spec: {
        service: 'shop',
        indicatorRef: 'errors',
        timeWindow: { duration: '30d', isRolling: true },
        budgetingMethod: 'Occurrences',
        objectives: [{ target: 0.9995 }],
        alertPolicies: [],
      },
    },
    {
      kind: 'SLI',
      metadata: { name: 'errors' },
      spec: {
        kind: 'good',
        counter: true,
        part: { type: 'Prometheus', query: 'sum(rate(requests_total{code="200"}[5m]))' },
        total: { type: 'Prometheus', query: 'requests_total' },
      },
    },
    { kind: 'Service', metadata: { name: 'shop' } },
  ]);
  expect(parseOpenSlo(printOpenSlo(documents), 'b.yaml')).toEqual({ documents, diagnostics: [] });
});

it('reads windows by the calendar, slices and thresholds', () => {
  const text = `${head('SLO')}spec:
  service: shop
  indicator:
    metadata: { name: latency }
    spec: { thresholdMetric: ${source('probe_seconds')} }
  timeWindow:
    - duration: 1M
      calendar: { startTime: 2026-01-01 00:00:00, timeZone: Asia/Shanghai }
  budgetingMethod: Timeslices
  objectives:
    - { target: 0.99, op: lte, value: 2, timeSliceTarget: 0.9, timeSliceWindow: 5 }
`;
  const { documents, diagnostics } = parseOpenSlo(text, 'a.yaml');
  expect(diagnostics).toEqual([]);
  expect(documents[0]).toMatchObject({
    spec: {
      indicator: { spec: { kind: 'threshold', query: { query: 'probe_seconds' } } },
      timeWindow: { duration: '1M', isRolling: false, startTime: '2026-01-01 00:00:00', timeZone: 'Asia/Shanghai' },
      budgetingMethod: 'Timeslices',
      objectives: [{ target: 0.99, op: 'lte', value: 2, timeSliceTarget: 0.9, timeSliceWindow: '5m' }],
    },
  });
  expect(parseOpenSlo(printOpenSlo(documents), 'b.yaml').documents).toEqual(documents);
});

describe('what is wrong is told where it stands', () => {
  it.each([
    { name: 'another version', text: 'apiVersion: openslo/v1alpha\nkind: SLO\n', told: ['openslo/other-version 1'] },
    { name: 'no document at all', text: '- 1\n', told: ['openslo/other-version 1'] },
    { name: 'a second document that is not YAML', text: `${slo}---\na: [\n`, told: ['yaml/'] },
    { name: 'another kind', text: `${head('Slo')}spec: {}\n`, told: ['openslo/unknown-kind 2'] },
    { name: 'no spec', text: head('SLO'), told: ['openslo/missing-field'] },
    { name: 'no objectives', text: slo.replace(/ {2}objectives:\n.*\n/, ''), told: ['openslo/missing-field'] },
    { name: 'a target that is a text', text: slo.replace('99.95', 'high'), told: ['openslo/wrong-value 14'] },
    { name: 'a target of everything', text: slo.replace('99.95', '100'), told: ['openslo/wrong-value 14'] },
    { name: 'a window in seconds', text: slo.replace('30d', '30s'), told: ['openslo/wrong-value 10'] },
    { name: 'a method that is none', text: slo.replace('Occurrences', 'Seldom'), told: ['openslo/wrong-value 12'] },
    { name: 'an indicator of nothing', text: `${head('SLI')}spec: {}\n`, told: ['openslo/missing-field'] },
    {
      name: 'good and bad',
      text: sli.replace('    total', `    bad: ${source('x')}\n    total`),
      told: ['openslo/wrong-value 8'],
    },
  ])('$name', ({ text, told }) => {
    const { diagnostics } = parseOpenSlo(text, 'a.yaml');
    const shown = diagnostics.map(({ code, position }) => `${code} ${position?.line}`);
    expect(shown).toHaveLength(told.length);
    for (const [index, start] of told.entries()) expect(shown[index]).toContain(start);
  });

  it('a whole document beside a broken one is read', () => {
    expect(parseOpenSlo(`${slo}---\n${head('SLO')}`, 'a.yaml').documents).toHaveLength(1);
  });

  it('the position is that of the file, not of the document', () => {
    const { diagnostics } = parseOpenSlo(`${slo}---\n${head('Slo')}spec: {}\n`, 'a.yaml');
    expect(diagnostics[0]?.position).toMatchObject({ file: 'a.yaml', line: 17 });
  });
});
