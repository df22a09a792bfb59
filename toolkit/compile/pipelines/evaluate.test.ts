import { describe, expect, it } from 'vitest';
import {
  definePipeline,
  type Pipeline,
  type PipelineDeclaration,
  type PipelineStep,
  steps,
} from '../../model/index.ts';
import { evaluatePipeline } from './evaluate.ts';

/** Records as they arrive at a sink. */
const shipped: readonly {
  readonly name: string;
  readonly steps: readonly PipelineStep[];
  readonly lines: readonly string[];
  readonly records: readonly Readonly<Record<string, string | number>>[];
}[] = [
  {
    name: 'JSON gives the fields that are named, nested ones too, and what is none is dropped',
    steps: [steps.parse({ as: 'json', fields: ['level', 'error.type', 'ms'] }), steps.remove({ fields: ['message'] })],
    lines: ['{"level":"error","error":{"type":"IO"},"ms":1.5,"x":1}', '{"level":null}', '[1]', '7', 'no'],
    records: [{ level: 'error', 'error.type': 'IO', ms: '1.5' }, {}],
  },
  {
    name: 'logfmt with quotes',
    steps: [steps.parse({ as: 'logfmt', fields: ['level', 'msg'] }), steps.remove({ fields: ['message'] })],
    lines: ['level=warn msg="it said \\"no\\"" other=1', 'level=info', 'nothing here'],
    records: [{ level: 'warn', msg: 'it said "no"' }, { level: 'info' }],
  },
  {
    name: 'what does not fit is kept where that is said',
    steps: [steps.parse({ as: 'regex', pattern: '^(?P<a>\\d)$', otherwise: 'keep' })],
    lines: ['1', 'x'],
    records: [{ message: '1', a: '1' }, { message: 'x' }],
  },
  {
    name: 'a stack trace is one record, and what stands before the first is lost',
    steps: [steps.join({ startsWith: '^\\d', take: 'all' })],
    lines: ['\tat lost', '1 ERROR x', '\tat a', '\tat b', '2 INFO y'],
    records: [{ message: '1 ERROR x\n\tat a\n\tat b' }, { message: '2 INFO y' }],
  },
  {
    name: 'a condition on a field that is not there does not hold, and its opposite does',
    steps: [
      steps.parse({ as: 'json', fields: ['a'] }),
      steps.drop({ where: { field: 'a', is: 'x' } }),
      steps.keep({ where: { not: { field: 'a', above: 5 } } }),
      steps.remove({ fields: ['message'] }),
    ],
    lines: ['{"a":"x"}', '{"a":6}', '{"a":4}', '{}'],
    records: [{ a: '4' }, {}],
  },
  {
    name: 'one of so many, but for those that are spared',
    steps: [steps.sample({ oneOf: 3, unless: { field: 'message', matches: 'ERROR' } })],
    lines: ['a', 'b', 'ERROR', 'c', 'd'],
    records: [{ message: 'a' }, { message: 'ERROR' }, { message: 'd' }],
  },
  {
    name: 'fields are set from others and from texts, and converted',
    steps: [
      steps.parse({ as: 'regex', pattern: '^(?P<kib>\\d+)$' }),
      steps.set({ field: 'was', to: { field: 'kib' } }),
      steps.convert({ field: 'kib', from: 'kibibytes', to: 'bytes' }),
      steps.set({ field: 'zone', to: 'east' }),
      steps.set({ field: 'none', to: { field: 'nothing' } }),
    ],
    lines: ['2'],
    records: [{ message: '2', kib: 2048, was: '2', zone: 'east' }],
  },
];

/** Text in, and with what is sensitive written over. */
const redactions: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'mobile numbers, also two in a row',
    'call 13812345678 13912345678,+86 13712345678.',
    'call [redacted] [redacted],[redacted].',
  ],
  ['a longer number is no mobile number', 'order 113812345678 and 138123456789', 'order 113812345678 and 138123456789'],
  ['identity cards with either end', 'id 11010519491231002X and 110105194912310021', 'id [redacted] and [redacted]'],
  ['a number of eighteen digits that holds no date is none', 'no 110105194913310021', 'no 110105194913310021'],
  ['e-mail addresses', 'from li.wei+x@mes.example.com to <a@b.cn>', 'from [redacted] to <[redacted]>'],
  ['bank cards', 'card 6222021234567890123 paid', 'card [redacted] paid'],
  [
    'tokens and passwords, whoever writes them',
    'Authorization: Bearer abc.def token=xyz&Password: s3cret {"api_key":"a1"}',
    'Authorization: Bearer [redacted] token=[redacted]&Password: [redacted] {"api_key":"[redacted]"}',
  ],
];

describe('what a pipeline makes of lines', () => {
  it.each(shipped)('$name', ({ steps: of, lines, records }) => {
    const { shipped: found } = evaluatePipeline(pipelineOf([...of, steps.ship({ to: 'store' })]), lines, null);
    expect(found['store']).toEqual(records);
  });

  it.each(redactions)('writes over %s', (_, before, after) => {
    const what = ['token', 'id-card', 'bank-card', 'phone', 'email'] as const;
    const pipeline = pipelineOf([steps.redact({ fields: ['message'], what }), steps.ship({ to: 'store' })]);
    expect(evaluatePipeline(pipeline, [before], null).shipped['store']).toEqual([{ message: after }]);
  });

  it('reads fields from the path, and nothing of another path', () => {
    const from = { kind: 'files', path: '/var/log/{host}/{app}/*.log' } as const;
    const count = steps.count({ metric: 'lines_total', help: 'Lines.', labels: ['app'] });
    const pipeline = pipelineOf([count], { from, sender: 'host' });
    const found = ['/srv/var/log/h1/mes/a.log', '/var/log/h1/a.log'].map(
      (path) => evaluatePipeline(pipeline, ['x'], path).metrics,
    );
    expect(found).toEqual([new Map([['lines_total{app="mes",sender="h1"}', 1]]), new Map()]);
  });
});

function pipelineOf(of: readonly PipelineStep[], more: Partial<PipelineDeclaration> = {}): Pipeline {
  return definePipeline({
    id: 'tried',
    title: { en: 'Tried', zh: '试验' },
    with: 'vector',
    from: { kind: 'files', path: '/var/log/tried.log' },
    steps: of,
    sinks: { store: { kind: 'file', path: '/tmp/x' } },
    ...more,
  });
}
