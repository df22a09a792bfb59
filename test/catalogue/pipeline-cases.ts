import { type Pipeline, type PipelineStep, steps } from '../../toolkit/model/index.ts';

/** Steps with lines of their own, and what they count. Each is judged by our own reckoning and by the programs that run it. */
export const pipelineCases: readonly (Pick<Pipeline, 'steps' | 'schema'> & {
  readonly name: string;
  readonly lines: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
})[] = [
  {
    name: 'conditions of all kinds, and their opposites',
    steps: [
      steps.parse({ as: 'regex', pattern: '^(?P<a>\\S+) (?P<b>\\S+) (?P<n>-?\\d+(?:\\.\\d+)?)$' }),
      steps.drop({
        where: {
          any: [
            { field: 'a', is: 'drop' },
            {
              all: [
                { field: 'b', matches: '^x' },
                { field: 'n', above: 10 },
              ],
            },
          ],
        },
      }),
      steps.keep({ where: { not: { all: [{ field: 'a', in: ['p', 'q'] }, { not: { field: 'b', is: 'keep' } }] } } }),
      ...counts({
        is_total: { field: 'a', is: 'one' },
        is_number_total: { field: 'n', is: 5 },
        in_total: { field: 'b', in: ['y', 'z'] },
        above_total: { field: 'n', above: 4.5 },
        below_total: { field: 'n', below: 0 },
        not_below_total: { not: { field: 'n', below: 0 } },
        any_total: {
          any: [
            { field: 'a', is: 'one' },
            { field: 'a', is: 'two' },
          ],
        },
        none_total: {
          not: {
            any: [
              { field: 'a', is: 'one' },
              { field: 'n', above: 4 },
            ],
          },
        },
        both_total: {
          all: [
            {
              any: [
                { field: 'a', is: 'one' },
                { field: 'a', is: 'two' },
              ],
            },
            { field: 'n', above: 1 },
          ],
        },
      }),
    ],
    schema: { n: { type: 'number' } },
    lines: [
      'drop y 1',
      'one xx 11',
      'one xx 5',
      'p y 5.0',
      'p keep 5',
      'two z -1',
      'three y 0',
      'four y 4.6',
      'one / 2',
      'junk',
    ],
    metrics: {
      is_total: 2,
      is_number_total: 2,
      in_total: 3,
      above_total: 3,
      below_total: 1,
      not_below_total: 5,
      any_total: 3,
      none_total: 2,
      both_total: 2,
    },
  },
  {
    name: 'a field that is mapped twice, renamed, set and taken away',
    steps: [
      steps.parse({ as: 'regex', pattern: '^(?P<code>\\d+) (?P<user>\\S*)$' }),
      steps.map({ field: 'code', values: { '/^2/': 'ok', '404': 'gone' } }),
      steps.map({ field: 'code', values: { ok: 'fine' } }),
      steps.rename({ field: 'code', to: 'outcome' }),
      steps.set({ field: 'kind', to: { field: 'outcome' } }),
      steps.set({ field: 'source', to: 'web "1"' }),
      steps.map({ field: 'user', to: 'known', values: { '': 'no', '-': 'no' }, otherwise: 'yes' }),
      steps.remove({ fields: ['user'] }),
      steps.count({ metric: 'seen_total', help: 'Seen.', labels: ['outcome', 'kind', 'known', 'source'] }),
    ],
    schema: { code: { atMost: 10, because: 'A test.' } },
    lines: ['200 li', '204 -', '404 li', '500 ', '500 li'],
    metrics: {
      'seen_total{kind="fine",known="yes",outcome="fine",source="web \\"1\\""}': 1,
      'seen_total{kind="fine",known="no",outcome="fine",source="web \\"1\\""}': 1,
      'seen_total{kind="gone",known="yes",outcome="gone",source="web \\"1\\""}': 1,
      'seen_total{kind="500",known="no",outcome="500",source="web \\"1\\""}': 1,
      'seen_total{kind="500",known="yes",outcome="500",source="web \\"1\\""}': 1,
    },
  },
  {
    name: 'units, sums, gauges and histograms, and numbers that are none',
    steps: [
      steps.parse({ as: 'regex', pattern: '^ms=(?P<ms>\\S+) bytes=(?P<bytes>\\S+)$' }),
      steps.convert({ field: 'ms', from: 'milliseconds', to: 'seconds' }),
      steps.measure({ metric: 'took_seconds', help: 'Took.', field: 'ms', buckets: [0.05, 0.5, 5] }),
      steps.count({ metric: 'sent_bytes_total', help: 'Sent.', sum: 'bytes' }),
      steps.gauge({ metric: 'last_seconds', help: 'Last.', field: 'ms', where: { field: 'ms', above: 0.04 } }),
    ],
    schema: { ms: { type: 'number', unit: 'milliseconds' }, bytes: { type: 'number', unit: 'bytes' } },
    lines: [
      'ms=50 bytes=10',
      'ms=50.5 bytes=0.5',
      'ms=7000 bytes=100',
      'ms=1e3 bytes=1',
      'ms=- bytes=1',
      'ms=1 bytes=x',
      'ms=30 bytes=1',
    ],
    metrics: {
      'took_seconds_bucket{le="0.05"}': 2,
      'took_seconds_bucket{le="0.5"}': 3,
      'took_seconds_bucket{le="5"}': 3,
      'took_seconds_bucket{le="+Inf"}': 4,
      took_seconds_count: 4,
      took_seconds_sum: 7.1305,
      sent_bytes_total: 111.5,
      last_seconds: 7,
    },
  },
  {
    name: 'syslog in both forms, with a pattern on its text',
    steps: [
      steps.parse({ as: 'syslog' }),
      steps.keep({ where: { field: 'program', is: 'kernel' } }),
      steps.parse({ as: 'regex', pattern: 'Out of memory: Killed process \\d+ \\((?P<message>[^)]+)\\)' }),
      steps.map({
        field: 'message',
        to: 'victim',
        values: { java: 'java', '/^postgres/': 'postgres' },
        otherwise: 'other',
      }),
      steps.count({ metric: 'oom_kills_total', help: 'Killed.', labels: ['victim'] }),
    ],
    lines: [
      'Nov  1 09:00:00 srv-1 kernel: [12.3] Out of memory: Killed process 812 (java) total-vm:1kB',
      '<4>Nov 21 09:00:00 srv-1 kernel: Out of memory: Killed process 9 (postgres: wal)',
      '2026-11-21T09:00:00.1+08:00 srv-1 kernel: Out of memory: Killed process 9 (vi)',
      '2026-11-21T09:00:00.1+08:00 srv-1 sshd[1]: Out of memory: Killed process 9 (vi)',
      'Nov 21 09:00:00 srv-1 kernel: something else',
    ],
    metrics: {
      'oom_kills_total{victim="java"}': 1,
      'oom_kills_total{victim="postgres"}': 1,
      'oom_kills_total{victim="other"}': 1,
    },
  },
  {
    name: 'the first line of records, and conditions on the line itself',
    steps: [
      steps.join({ startsWith: '^\\d{4}-', take: 'first-line' }),
      steps.drop({ where: { field: 'message', matches: 'health/check' } }),
      steps.count({ metric: 'records_total', help: 'Records.' }),
      steps.keep({ where: { not: { field: 'message', matches: ' DEBUG ' } } }),
      steps.parse({ as: 'regex', pattern: '^\\S+ (?P<level>INFO|WARN|ERROR) ' }),
      steps.count({ metric: 'levels_total', help: 'Levels.', labels: ['level'] }),
    ],
    lines: [
      'lost',
      '2026-11-21 INFO a',
      ' at b ERROR ',
      '2026-11-21 DEBUG c',
      '2026-11-21 INFO /health/check',
      '2026-11-21 ERROR d',
      '2026-11-21 TRACE d',
    ],
    metrics: { records_total: 4, 'levels_total{level="INFO"}': 1, 'levels_total{level="ERROR"}': 1 },
  },
];

/** A counter for each condition. */
export function counts(
  wanted: Readonly<Record<string, Parameters<typeof steps.keep>[0]['where']>>,
): readonly PipelineStep[] {
  return Object.entries(wanted).map(([metric, where]) => steps.count({ metric, help: 'Counted.', where }));
}
