import { host, httpEndpoint } from 'opsctl/cmdb';
import { expect, it } from 'vitest';
import { defineSlo, type Slo, type StackDeclaration } from '../../model/index.ts';
import { items, sampleGroup, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';

const total = { metric: 'requests_total' };
const ratio = { kind: 'ratio', good: { metric: 'requests_total', where: { code: '200' } }, total } as const;
const up = { kind: 'timeSlice', of: httpEndpoint, signal: 'up', good: { equals: 1 }, slice: '1m' } as const;
type Head = Parameters<typeof defineSlo>[0];

const sloOf = (changes: Partial<Head> = {}): Slo =>
  defineSlo({
    id: 'answers',
    title: { en: 'Answers', zh: '可用' },
    service: items.where({ id: 'web-1' }),
    objective: 0.999,
    window: { rolling: '14d' },
    indicator: ratio,
    ...changes,
  });

const upheld =
  (...slos: readonly Slo[]) =>
  (plant: StackDeclaration) =>
    slos.reduce((stack, slo) => stack.uphold(slo), plant);

it.each<{ readonly name: string; readonly slos: readonly Slo[]; readonly codes: readonly string[] }>([
  { name: 'an objective that can be met and missed', slos: [sloOf()], codes: [] },
  {
    name: 'a service that the stack does not operate',
    slos: [sloOf({ service: items.where({ id: 'hq-1' }) })],
    codes: ['slo/service-empty'],
  },
  {
    name: 'a signal of another class than the items',
    slos: [sloOf({ indicator: { ...up, of: host, signal: 'up' } as never })],
    codes: ['slo/service-empty'],
  },
  {
    name: 'a signal that its class has not',
    slos: [sloOf({ indicator: { ...up, signal: 'upp' } as never })],
    codes: ['compile/unknown-name'],
  },
  {
    name: 'a ratio of nothing',
    slos: [sloOf({ indicator: { kind: 'ratio', total } as never })],
    codes: ['slo/ratio-sides'],
  },
  {
    name: 'a ratio of good and bad',
    slos: [sloOf({ indicator: { ...ratio, bad: total } as never })],
    codes: ['slo/ratio-sides'],
  },
  {
    name: 'good events that the total does not count',
    slos: [sloOf({ indicator: { ...ratio, total: { metric: 'requests_total', where: { path: '/api' } } } })],
    codes: ['slo/good-outside-total'],
  },
  {
    name: 'good events by a value that the pattern of the total takes in',
    slos: [
      sloOf({ indicator: { ...ratio, total: { metric: 'requests_total', where: { code: { matching: '[2-5]..' } } } } }),
    ],
    codes: [],
  },
  {
    name: 'good events by a value that the pattern of the total leaves out',
    slos: [
      sloOf({ indicator: { ...ratio, total: { metric: 'requests_total', where: { code: { notMatching: '2..' } } } } }),
    ],
    codes: ['slo/good-outside-total'],
  },
  {
    name: 'good and total of two sources',
    slos: [
      sloOf({
        indicator: {
          kind: 'ratio',
          good: { metric: 'good_total' },
          total: { metric: 'requests_total', where: { job: 'a' } },
        },
      }),
    ],
    codes: ['slo/sources-differ'],
  },
  {
    name: 'an alert that waits for more errors than there can be',
    slos: [
      sloOf({
        objective: 0.9,
        window: { rolling: '15d' },
        alerting: [{ severity: 'critical', budget: 0.05, long: '1h' }],
      }),
    ],
    codes: ['slo/alert-never-fires'],
  },
  {
    name: 'an alert that waits for just less',
    slos: [
      sloOf({
        objective: 0.95,
        window: { rolling: '15d' },
        alerting: [{ severity: 'critical', budget: 0.05, long: '1h' }],
      }),
    ],
    codes: [],
  },
  {
    name: 'an alert while the objective is met',
    slos: [sloOf({ alerting: [{ severity: 'warning', budget: 0.05, long: '1d' }] })],
    codes: ['slo/alert-below-allowed'],
  },
  {
    name: 'an alert that looks further back than the objective',
    slos: [sloOf({ alerting: [{ severity: 'warning', budget: 0.5, long: '15d' }] })],
    codes: ['slo/window-beyond-period'],
  },
  {
    name: 'a short window of three readings',
    slos: [sloOf({ alerting: [{ severity: 'critical', budget: 0.02, long: '18m' }] })],
    codes: ['slo/short-window-too-short'],
  },
  {
    name: 'a short window of four',
    slos: [sloOf({ alerting: [{ severity: 'critical', budget: 0.02, long: '24m' }] })],
    codes: [],
  },
  {
    name: 'so little traffic that one failure is over the budget',
    slos: [sloOf({ lowTraffic: { minimumEvents: 10, in: '1h', usualEvents: 11_999 } })],
    codes: ['slo/too-little-traffic'],
  },
  {
    name: 'just enough',
    slos: [sloOf({ lowTraffic: { minimumEvents: 10, in: '1h', usualEvents: 12_000 } })],
    codes: [],
  },
  {
    name: 'a promise as tight as the objective',
    slos: [sloOf({ promised: { objective: 0.999, to: 'mes' } })],
    codes: ['slo/promise-not-looser'],
  },
  { name: 'a looser promise', slos: [sloOf({ promised: { objective: 0.995, to: 'mes' } })], codes: [] },
  {
    name: 'a promise to nobody',
    slos: [sloOf({ promised: { objective: 0.995, to: 'mess' } })],
    codes: ['compile/unknown-reference'],
  },
  { name: 'a team that is not declared', slos: [sloOf({ team: 'nobody' })], codes: ['compile/unknown-reference'] },
  {
    name: 'a calendar that is not declared',
    slos: [sloOf({ excludes: [{ calendar: 'nights' }] })],
    codes: ['compile/unknown-reference'],
  },
  {
    name: 'a period beyond what Prometheus keeps by itself',
    slos: [sloOf({ window: { rolling: '16d' } })],
    codes: ['slo/retention-unknown'],
  },
  {
    name: 'a zone that is none',
    slos: [sloOf({ window: { calendar: 'month', zone: 'Asia/Nowhere' } })],
    codes: ['slo/zone-unknown', 'slo/retention-unknown'],
  },
  {
    name: 'a zone with summer time',
    slos: [sloOf({ window: { calendar: 'month', zone: 'Europe/Berlin' } })],
    codes: ['slo/zone-with-summer-time', 'slo/retention-unknown'],
  },
  { name: 'an objective that is upheld twice', slos: [sloOf(), sloOf()], codes: ['slo/declared-twice'] },
  {
    name: 'a composite of what is upheld beside it',
    slos: [sloOf(), sloOf({ id: 'whole', indicator: { kind: 'composite', rule: 'all', of: [sloOf()] } })],
    codes: [],
  },
  {
    name: 'a composite of what nobody upholds',
    slos: [sloOf({ id: 'whole', indicator: { kind: 'composite', rule: 'all', of: [sloOf()] } })],
    codes: ['slo/unknown-part'],
  },
])('$name', ({ slos, codes }) => {
  const { diagnostics } = compileGroup(sampleGroup({ stacks: sampleStacks(upheld(...slos)) }));
  expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  expect(diagnostics.filter(({ position }) => !position?.file.endsWith('check.test.ts'))).toEqual([]);
});

const part = sloOf({ indicator: up });
const whole = sloOf({ id: 'whole', indicator: { kind: 'composite', rule: 'all', of: [part] } });

it.each([
  { name: 'the parent of the plant', stack: 'region', codes: [] },
  { name: 'headquarters', stack: 'hq', codes: [] },
])('a composite of what a plant upholds can be upheld by $name', ({ stack: above, codes }) => {
  const stacks = sampleStacks(upheld(part)).map((stack) => (stack.name === above ? stack.uphold(whole) : stack));
  expect(compileGroup(sampleGroup({ stacks })).diagnostics.map(({ code }) => code)).toEqual(codes);
});

it('a composite cannot be upheld below its parts, where their series are not', () => {
  const above = sloOf({ id: 'above', service: items.where({ site: 'plant', class: 'http-endpoint' }), indicator: up });
  const below = sloOf({ id: 'whole', indicator: { kind: 'composite', rule: 'all', of: [above] } });
  const stacks = sampleStacks(upheld(below)).map((stack) => (stack.name === 'hq' ? stack.uphold(above) : stack));
  expect(compileGroup(sampleGroup({ stacks })).diagnostics.map(({ code }) => code)).toEqual(['slo/unknown-part']);
});

it.each([
  { name: 'a retention that holds the period', retention: '45d', codes: [] },
  { name: 'a retention that does not', retention: '29d', codes: ['slo/beyond-retention'] },
])('$name', ({ retention, codes }) => {
  const stacks = sampleStacks(upheld(sloOf({ window: { rolling: '30d' } }))).map((stack) =>
    stack.name === 'plant' ? { ...stack, retention } : stack,
  );
  expect(compileGroup(sampleGroup({ stacks })).diagnostics.map(({ code }) => code)).toEqual(codes);
});

it('the team of an objective hears of it where it is upheld', () => {
  const { resources } = compileGroup(sampleGroup({ stacks: sampleStacks(upheld(sloOf({ team: 'mes-team' }))) }));
  const routing = resources.find(({ address }) => address === 'plant/alertmanager-config/main');
  expect(JSON.stringify(routing?.spec)).toContain('team=\\"mes-team\\"');
});
