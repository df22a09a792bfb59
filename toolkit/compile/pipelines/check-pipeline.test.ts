import { describe, expect, it } from 'vitest';
import {
  definePipeline,
  type Pipeline,
  type PipelineDeclaration,
  type PipelineStep,
  steps,
} from '../../model/index.ts';
import { checkPipeline } from './check-pipeline.ts';

const parse = steps.parse({
  as: 'regex',
  pattern: '^(?P<verb>GET|POST) (?P<code>\\d{3}) (?P<user>\\S+) (?P<ms>\\d+)$',
});
const count = steps.count({ metric: 'seen_total', help: 'Seen.' });

/** Steps behind a pattern that gives verb, code, user and ms; what is told of them. */
const cases: readonly {
  readonly name: string;
  readonly steps: readonly PipelineStep[];
  readonly with?: Pipeline['with'];
  readonly more?: Partial<PipelineDeclaration>;
  readonly told: readonly (readonly [code: string, detail: string])[];
}[] = [
  {
    name: 'a step that mtail cannot carry out names the programs that can',
    steps: [parse, steps.redact({ fields: ['user'], what: ['phone'] })],
    told: [
      [
        'step-not-possible',
        'tried runs with mtail, which cannot write over parts of texts; it ships no records, so leave such fields out of the labels (steps.redact).',
      ],
    ],
  },
  {
    name: 'JSON is not for mtail',
    steps: [steps.parse({ as: 'json', fields: ['level'] })],
    told: [['step-not-possible', 'tried runs with mtail, which cannot read json (steps.parse).']],
  },
  {
    name: 'lines are joined by Vector, and mtail takes the first',
    steps: [steps.join({ startsWith: '^\\d', take: 'all' })],
    told: [
      [
        'step-not-possible',
        'tried runs with mtail, which cannot join lines; it can take the first of them (take: "first-line") (steps.join).',
      ],
    ],
  },
  {
    name: 'the sampler of the collector spares nothing',
    steps: [steps.sample({ oneOf: 10, unless: { field: 'message', matches: 'ERROR' } })],
    with: 'otelcol',
    told: [['step-not-possible', 'tried runs with otelcol, which cannot sample (steps.sample).']],
  },
  {
    name: 'a misspelt field',
    steps: [parse, steps.keep({ where: { field: 'vreb', is: 'GET' } })],
    told: [['field-unknown', 'steps.keep of tried reads vreb, which no step before it gives.']],
  },
  {
    name: 'a field that was renamed or taken away',
    steps: [
      parse,
      steps.rename({ field: 'verb', to: 'method' }),
      steps.remove({ fields: ['code'] }),
      steps.drop({
        where: {
          any: [
            { field: 'verb', is: 'GET' },
            { field: 'code', is: '200' },
          ],
        },
      }),
    ],
    told: [
      ['field-unknown', 'steps.drop of tried reads verb, which no step before it gives.'],
      ['field-unknown', 'steps.drop of tried reads code, which no step before it gives.'],
    ],
  },
  {
    name: 'a sender that no step gives',
    steps: [parse, steps.drop({ where: { field: 'verb', is: 'GET' } }), count],
    more: { sender: 'hots', from: { kind: 'files', path: '/var/log/{host}/x.log' } },
    told: [['field-unknown', 'steps.count of tried reads hots, which no step before it gives.']],
  },
  {
    name: 'reckoning with a text',
    steps: [parse, steps.count({ metric: 'ms_total', help: 'Ms.', sum: 'ms' })],
    told: [['field-not-a-number', 'steps.count of tried reckons with ms, which is a text.']],
  },
  {
    name: 'milliseconds under the name of seconds',
    steps: [parse, steps.measure({ metric: 'took_seconds', help: 'Took.', field: 'ms', buckets: [1] })],
    more: { schema: { ms: { type: 'number', unit: 'milliseconds' } } },
    told: [['unit-mismatch', 'steps.measure of tried takes ms for seconds, and it is in milliseconds.']],
  },
  {
    name: 'milliseconds that were converted',
    steps: [
      parse,
      steps.convert({ field: 'ms', from: 'milliseconds', to: 'seconds' }),
      steps.measure({ metric: 'took_seconds', help: 'Took.', field: 'ms', buckets: [1] }),
    ],
    more: { schema: { ms: { type: 'number', unit: 'milliseconds' } } },
    told: [],
  },
  {
    name: 'a pattern that is none',
    steps: [steps.parse({ as: 'regex', pattern: '(a' })],
    told: [
      [
        'pattern-invalid',
        'steps.parse of tried: (a is no pattern that all programs read alike: it does not close a group.',
      ],
    ],
  },
  {
    name: 'a pattern that Rust or Go alone would read',
    steps: [steps.keep({ where: { field: 'message', matches: '[[:alpha:]]' } })],
    told: [
      [
        'pattern-invalid',
        'steps.keep of tried: [[:alpha:]] is no pattern that all programs read alike: a class such as [[:alpha:]] is not read alike by all programs.',
      ],
    ],
  },
  {
    name: 'a label of which nobody knows how many values it has',
    steps: [parse, steps.count({ metric: 'seen_total', help: 'Seen.', labels: ['verb', 'code', 'user'] })],
    told: [
      [
        'label-unbounded',
        'seen_total of tried has the label user, and nothing says how many values it has: each is a series for as long as samples are kept.',
      ],
      ['series-too-many', 'seen_total of tried can have 2000 series for each item, by what is known of its labels.'],
    ],
  },
  {
    name: 'labels of which it is said, mapped or seen how many values they have',
    steps: [
      parse,
      steps.map({ field: 'code', values: { '/^2/': 'good' }, otherwise: 'bad' }),
      steps.set({ field: 'origin', to: 'web' }),
      steps.count({ metric: 'seen_total', help: 'Seen.', labels: ['verb', 'code', 'user', 'origin'] }),
    ],
    more: { schema: { user: { atMost: 20, because: 'There are twenty terminals.' } } },
    told: [],
  },
  {
    name: 'a mapping that lets the rest through bounds nothing',
    steps: [
      parse,
      steps.map({ field: 'user', values: { root: 'admin' } }),
      steps.count({ metric: 'seen_total', help: 'Seen.', labels: ['user'] }),
    ],
    told: [
      [
        'label-unbounded',
        'seen_total of tried has the label user, and nothing says how many values it has: each is a series for as long as samples are kept.',
      ],
    ],
  },
  {
    name: 'a label of the contract of alerts',
    steps: [
      parse,
      steps.rename({ field: 'verb', to: 'severity' }),
      steps.count({ metric: 'seen_total', help: 'Seen.', labels: ['severity'] }),
    ],
    told: [['label-reserved', 'seen_total of tried has the label severity, which every series gets from its item.']],
  },
  {
    name: 'names without what they are',
    steps: [
      parse,
      steps.count({ metric: 'seen', help: 'Seen.' }),
      steps.measure({ metric: 'took', help: 'Took.', field: 'ms', buckets: [1] }),
      steps.gauge({ metric: 'last_total', help: 'Last.', field: 'ms' }),
      steps.measure({ metric: 'took_seconds', help: 'Took.', field: 'ms', buckets: [2, 1] }),
    ],
    more: { schema: { ms: { type: 'number' } } },
    told: [
      ['metric-name', 'seen of tried is a counter.'],
      ['metric-name', 'took of tried is a histogram without a unit.'],
      ['metric-name', 'last_total of tried is a gauge.'],
      ['buckets-unordered', 'The buckets of took_seconds of tried are not a list of rising numbers.'],
    ],
  },
  {
    name: 'one name for two things',
    steps: [parse, count, steps.count({ metric: 'seen_total', help: 'Seen.', labels: ['verb'] })],
    told: [
      [
        'metric-twice',
        'seen_total is made by steps.count and by steps.count, in two ways that one name cannot stand for.',
      ],
    ],
  },
  {
    name: 'lines that are joined too late, and counted too late',
    steps: [steps.sample({ oneOf: 2 }), steps.join({ startsWith: '^a', take: 'all' }), count],
    with: 'vector',
    told: [
      ['join-not-first', 'tried joins lines after another step, or twice.'],
      [
        'counted-after-sample',
        'seen_total of tried is counted after records were sampled, so it counts a part of them.',
      ],
    ],
  },
  {
    name: 'sinks that are not there, or get nothing',
    steps: [steps.ship({ to: 'stoer' })],
    with: 'vector',
    more: { sinks: { store: { kind: 'file', path: '/tmp/x' } } },
    told: [
      ['sink-unknown', 'tried ships to stoer, which is not among its sinks.'],
      ['sink-unused', 'No step of tried ships to store.'],
    ],
  },
  {
    name: 'alerts on what is not counted, or not by that label',
    steps: [parse, steps.count({ metric: 'seen_total', help: 'Seen.', labels: ['verb'] })],
    more: {
      alerts: [
        alert('NoSeries', { count: 'sene_total', in: '5m', above: 1 }),
        alert('NoLabel', { count: 'seen_total', where: { verbs: 'GET' }, in: '5m', above: 1 }),
        alert('NoHistogram', { quantile: 0.9, of: { count: 'seen_total' }, in: '5m', above: 1 }),
      ],
    },
    told: [
      ['alert-series-unknown', 'NoSeries of tried looks at sene_total, which the pipeline does not make.'],
      [
        'alert-series-unknown',
        'NoLabel of tried looks at the label verbs of seen_total, which the pipeline does not make.',
      ],
      [
        'alert-series-unknown',
        'NoHistogram of tried looks at seen_total as a histogram, which the pipeline does not make.',
      ],
    ],
  },
  {
    name: 'no test',
    steps: [count],
    more: { tests: [] },
    told: [['untested', 'Nothing says what tried makes of a line.']],
  },
  {
    name: 'relabelling drops and maps, and reckons with nothing',
    steps: [
      steps.drop({ where: { field: 'metric', matches: '^go_' } }),
      steps.drop({
        where: {
          any: [
            { field: 'a', is: 'x' },
            {
              all: [
                { field: 'b', in: ['y'] },
                { field: 'c', matches: '^z$' },
              ],
            },
          ],
        },
      }),
      steps.keep({ where: { field: 'value', above: 1 } }),
      steps.keep({
        where: {
          any: [
            { field: 'a', is: 'x' },
            { field: 'b', is: 'y' },
          ],
        },
      }),
      steps.drop({ where: { field: 'a', matches: 'x(^|y)z' } }),
      steps.convert({ field: 'value', from: 'bytes', to: 'kibibytes' }),
    ],
    with: 'prometheus',
    more: { from: { kind: 'metrics', job: 'host-node' } },
    told: [
      ['step-not-possible', 'tried runs with prometheus, which cannot decide by this condition (steps.keep).'],
      ['step-not-possible', 'tried runs with prometheus, which cannot decide by this condition (steps.keep).'],
      ['step-not-possible', 'tried runs with prometheus, which cannot decide by this condition (steps.drop).'],
      ['step-not-possible', 'tried runs with prometheus, which cannot reckon (steps.convert).'],
    ],
  },
];

describe('one pipeline', () => {
  it.each(cases)('$name', ({ steps: of, with: backend = 'mtail', more = {}, told }) => {
    const found = checkPipeline(pipelineOf({ with: backend, steps: of, ...more }), null);
    expect(found.map(({ code, detail }) => [code.replace('pipeline/', ''), detail])).toEqual(told);
  });

  it('is told of at the step, with what to do', () => {
    const wrong = steps.sample({ oneOf: 10 });
    const [found] = checkPipeline(pipelineOf({ with: 'mtail', steps: [wrong] }), null);
    expect(found).toMatchObject({
      position: wrong.source,
      hint: 'Let vector or otelcol run it, or leave the step out.',
    });
    expect(wrong.source.file).toMatch(/check-pipeline\.test\.ts$/);
  });
});

function alert(name: string, when: NonNullable<Pipeline['alerts']>[number]['when']) {
  const summary = { en: 'x', zh: '某' };
  return { name, when, for: '5m', severity: 'warning', summary, runbook: 'x', rationale: 'x', clauses: [] } as const;
}

function pipelineOf(declaration: Pick<PipelineDeclaration, 'with' | 'steps'> & Partial<PipelineDeclaration>): Pipeline {
  return definePipeline({
    id: 'tried',
    title: { en: 'Tried', zh: '试验' },
    from: { kind: 'files', path: '/var/log/tried.log' },
    tests: [{ name: 'none', lines: [] }],
    ...declaration,
  });
}
