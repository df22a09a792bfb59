import fc from 'fast-check';
import { httpEndpoint } from 'opsctl/cmdb';
import { expect, it } from 'vitest';
import { type OpenSloDocument, parseOpenSlo, printOpenSlo, type SliSpec } from '../../../languages/openslo/index.ts';
import { defineSlo, items } from '../../../model/index.ts';
import { exportSlo } from './export-slo.ts';
import { importSlos } from './import-slo.ts';
import { printSloSource } from './slo-source.ts';

const total = { metric: 'requests_total' };
const ratio = { kind: 'ratio', good: { metric: 'requests_total', where: { code: '200' } }, total } as const;
type Head = Parameters<typeof defineSlo>[0];

const sloOf = (changes: Partial<Head> = {}) =>
  defineSlo({
    id: 'checkout-answers',
    title: { en: 'Checkout answers', zh: '结账可用' },
    service: items.where({ id: 'web-1' }),
    objective: 0.9995,
    window: { rolling: '28d' },
    indicator: ratio,
    ...changes,
  });

it('an objective of events comes back as it was written, through OpenSLO and back', () => {
  const { document } = exportSlo(sloOf(), ['web-1']);
  const text = printOpenSlo([document!]);
  const [imported] = importSlos(parseOpenSlo(text, 'a.yaml').documents);
  expect(imported).toEqual({
    id: 'checkout-answers',
    source: `export const checkoutAnswersSlo = defineSlo({
  id: 'checkout-answers',
  title: { en: 'Checkout answers', zh: '结账可用' },
  service: items.where({ id: 'web-1' }),
  objective: 0.9995,
  window: { rolling: '28d' },
  indicator: {
    kind: 'ratio',
    good: { metric: 'requests_total', where: { code: '200', item: 'web-1' } },
    total: { metric: 'requests_total', where: { item: 'web-1' } },
  },
});
`,
    lost: [
      'that the service web-1 is these items: the selection has to be written',
      'the alert policies: the usual burn alerts are derived',
    ],
  });
});

it.each<{ readonly name: string; readonly changes: Partial<Head>; readonly spec: object }>([
  {
    name: 'a latency is good and total of its histogram',
    changes: { indicator: { kind: 'latency', histogram: { metric: 'request_seconds' }, below: 0.5 } },
    spec: {
      indicator: {
        spec: {
          kind: 'good',
          part: { query: 'request_seconds_bucket{item="web-1",le="0.5"}' },
          total: { query: 'request_seconds_count{item="web-1"}' },
        },
      },
      budgetingMethod: 'Occurrences',
    },
  },
  {
    name: 'time slices are a threshold of the recorded signal',
    changes: {
      indicator: { kind: 'timeSlice', of: httpEndpoint, signal: 'up', good: { equals: 1 }, slice: '1m' } as never,
    },
    spec: {
      indicator: { spec: { kind: 'threshold', query: { query: 'min(signal:http_endpoint_up{item="web-1"})' } } },
      budgetingMethod: 'Timeslices',
      objectives: [{ target: 0.9995, op: 'gte', value: 1, timeSliceTarget: 1, timeSliceWindow: '1m' }],
    },
  },
  {
    name: 'a calendar month is one of the same zone',
    changes: { window: { calendar: 'month', zone: 'Asia/Shanghai' } },
    spec: { timeWindow: { duration: '1M', isRolling: false, timeZone: 'Asia/Shanghai' } },
  },
])('$name', ({ changes, spec }) => {
  const { document } = exportSlo(sloOf(changes), ['web-1']);
  expect(document).toMatchObject({ spec });
  expect(parseOpenSlo(printOpenSlo([document!]), 'a.yaml').diagnostics).toEqual([]);
});

it('what OpenSLO has no words for is told', () => {
  const whole = sloOf({ id: 'whole', indicator: { kind: 'composite', rule: 'all', of: [sloOf()] } });
  expect(exportSlo(whole, ['web-1'])).toEqual({ document: null, lost: ['all of it: OpenSLO v1 has no composites'] });
  const rich = sloOf({
    promised: { objective: 0.99, to: 'mes' },
    lowTraffic: { minimumEvents: 10, in: '1h' },
    excludes: [{ calendar: 'nights' }],
    team: 'mes-team',
    runbook: 'mes/slow',
    clauses: ['S0:A.10.2.b'],
  });
  expect(exportSlo(rich, ['web-1']).lost).toEqual([
    'the short windows of its alerts',
    'the promise to mes',
    'the guard for little traffic',
    'what is left out for maintenance',
    'the team',
    'the runbook',
    'the clauses',
  ]);
});

const documentOf = (spec: SliSpec): OpenSloDocument => ({
  kind: 'SLO',
  metadata: { name: 'Checkout/Errors', displayName: 'Checkout' },
  spec: {
    service: 'shop',
    indicator: { metadata: { name: 'x' }, spec },
    timeWindow: null,
    budgetingMethod: 'Occurrences',
    objectives: [{ target: 0.99 }],
    alertPolicies: [],
  },
});
const counted = (query: string, type = 'Prometheus'): SliSpec => ({
  kind: 'bad',
  counter: true,
  part: { type, query },
  total: { type: 'prometheus', query: 'requests_total' },
});

it.each([
  {
    name: 'a sum of rates is its counter',
    spec: counted('sum by (a) (rate(errors_total{a!="1",b=~"x.*"}[5m]))'),
    part: "{ metric: 'errors_total', where: { a: { not: '1' }, b: { matching: 'x.*' } } }",
  },
  {
    name: 'a quote in a pattern stays a quote',
    spec: counted('errors_total{a=~"it\'s"}'),
    part: "{ metric: 'errors_total', where: { a: { matching: 'it\\'s' } } }",
  },
])('$name', ({ spec, part }) => {
  const [imported] = importSlos([documentOf(spec)]);
  expect(imported?.id).toBe('checkout-errors');
  expect(imported?.source).toContain(`    bad: ${part},\n`);
});

it.each([
  { name: 'two counters in one query', spec: counted('a_total + b_total'), told: 'is not of one counter' },
  { name: 'what is no PromQL', spec: counted('sum(rate(a[{{.window}}]))'), told: 'is no PromQL' },
  { name: 'another source', spec: counted('a_total', 'Datadog'), told: 'Datadog is not read' },
  { name: 'a label twice', spec: counted('a_total{b="1",b!="2"}'), told: 'a label twice' },
  {
    name: 'a threshold',
    spec: { kind: 'threshold', query: { type: 'Prometheus', query: 'up' } } as const,
    told: 'which signal up is',
  },
  {
    name: 'a ratio that is reckoned elsewhere',
    spec: { kind: 'raw', rawType: 'success', query: { type: '', query: 'r' } } as const,
    told: 'reckoned elsewhere',
  },
  { name: 'gauges', spec: { ...counted('a'), counter: false } as SliSpec, told: 'are no counters' },
])('not carried and told: $name', ({ spec, told }) => {
  const [imported] = importSlos([documentOf(spec)]);
  expect(imported?.source).toBeNull();
  expect(imported?.lost.join()).toContain(told);
});

it('whatever a document holds, what is written is one literal and runs nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const counter = { metric: 'a', where: { b: text } };
      const written = printSloSource({
        id: 'a-b',
        title: { en: text, zh: text },
        service: text,
        objective: 0.9,
        window: { rolling: '1d' },
        indicator: { kind: 'good', part: counter, total: counter },
      });
      const body = written.slice(written.indexOf('(') + 1, written.lastIndexOf(')'));
      const read: unknown = new Function('items', `return ${body}`)({ where: (criteria: object) => criteria });
      expect(read).toMatchObject({
        title: { en: text, zh: text },
        service: { id: text },
        indicator: { good: counter },
      });
    }),
  );
});
