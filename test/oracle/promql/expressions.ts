import fc from 'fast-check';
import type { ValueType } from '../../../toolkit/languages/promql/expression.ts';
import { promqlFunctions } from '../../../toolkit/languages/promql/functions.ts';
import { mutateExpression, mutation } from './mutants.ts';

/**
 * Expressions to ask Prometheus about, the same for the same seed: half of them as they are made, most of which are right,
 * and half with something cut out, put in or put elsewhere, most of which are not.
 */
export function expressionsToJudge(count: number, seed: number): readonly string[] {
  const whole = fc.sample(anyExpression, { numRuns: Math.ceil(count / 2), seed });
  const mutants = fc.tuple(fc.constantFrom(...whole), fc.array(mutation, { minLength: 1, maxLength: 2 }));
  const broken = fc.sample(mutants, { numRuns: Math.ceil(count / 2), seed: seed + 1 });
  return [...new Set([...whole, ...broken.map(([text, mutations]) => mutations.reduce(mutateExpression, text))])];
}

/** Rarely the second, so that most of a large expression is right. */
function mostly<Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Value>, weight = 30): fc.Arbitrary<Value> {
  return fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

function joined(...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parts).map((texts) => texts.join(''));
}

const nothing = fc.constant('');
const metric = mostly(
  fc.constantFrom('up', 'node_load1', 'a:b:c', 'http_requests_total', 'le_x', 'offset', 'sum', 'by', 'start', 'Rate'),
  fc.constantFrom('limitk', 'fill', 'step', 'on', 'bool', 'atan2', 'inf', 'group_left', 'smoothed', ':', '一厂'),
);
const label = mostly(
  fc.constantFrom('job', 'instance', 'le', 'mode', 'by', 'on', 'group_left', 'sum', 'offset', 'bool', 'atan2', 'start'),
  fc.constantFrom('__name__', 'nan', 'a:b', '"a b"', '1a', 'é', ''),
);
const duration = mostly(
  fc.constantFrom('5m', '1h30m', '30s', '1d', '1w', '1y2w', '500ms', '1d12h5s1ms'),
  fc.constantFrom('0s', '90', '1m1h', '1.5h', '5', '400y', '5M', '-5m', '1h 30m', ''),
);
const number = mostly(
  fc.constantFrom(
    '0',
    '1',
    '0.9',
    '.5',
    '5.',
    '1e3',
    '1.5E-9',
    '0x1F',
    '017',
    '089',
    'Inf',
    'nan',
    '-1',
    '+2',
    '1e-999',
  ),
  fc.constantFrom('1_000', '1e999', '0x', '1e', '0b1', '1.2.3', '5m', '0xG', '1__0', '0x1_F', '9223372036854775808'),
);
const text = mostly(
  fc.constantFrom('"a"', "'a'", '`a\\b`', '"\\n"', '"$1"', '"一厂"', '""', '"\\x41"', "'\\''", '"\\u4e00"', '"\\101"'),
  fc.constantFrom('"\\q"', "'\\\"'", '"\\x4"', '"\\ud800"', '"a', '"\\400"', '"\n"', '`\n`'),
);
const pattern = mostly(
  fc.constantFrom(
    ...[
      'a|b',
      '.*',
      '.+',
      'a{2,3}',
      '(?i)x',
      '(?P<n>a)',
      '\\\\d+',
      '[[:alpha:]]',
      '\\\\pN',
      'a|',
      '\\\\Qa.b\\\\E',
      '^a$',
    ],
    ...[
      '\\\\p{Greek}',
      '[^]a]',
      'x{,5}',
      '(?i:a)b',
      'a??',
      '[\\\\d-z]',
      '(a{2}){3}',
      '\\\\x{4e00}',
      '\\\\.',
      '(?s-i)a',
    ],
  ),
  fc.constantFrom(
    ...['(a', 'a)', '[a-z', '(?=x)', '\\\\1', 'a**', 'x{1001}', '(?<n>a)', '[z-a]', '(a{100}){11}', '*', '\\\\p{No}x'],
    ...['(?!a)', '\\\\', 'a{3,2}', '[[:x:]]', '(?P<n>a)(?P<n>b)', '\\\\pX', '\\\\8', '(?z)', '|*', '\\\\c', ''],
  ),
  8,
);

const matcher = mostly(
  fc.oneof(
    joined(label, fc.constantFrom('=', '!='), text),
    joined(label, fc.constantFrom('=~"', '!~"'), pattern, fc.constant('"')),
  ),
  fc.oneof(joined(text, fc.constantFrom('="b"', '')), joined(label, fc.constantFrom('==', '=', '<'), label)),
);
const braces = joined(fc.constant('{'), list(matcher, ',', 3), fc.constantFrom('', '', ',', ' }').map(closeBraces));
const selector = fc.oneof(
  { weight: 4, arbitrary: metric },
  { weight: 4, arbitrary: joined(metric, braces) },
  { weight: 2, arbitrary: fc.constantFrom('{job="a"}', '{__name__=~"a.+"}', '{job!="",le=~".+"}', '{le=~"b|c"}') },
  { weight: 1, arbitrary: braces },
);
const moment = fc.oneof(
  { weight: 8, arbitrary: nothing },
  { weight: 2, arbitrary: joined(fc.constantFrom(' offset ', ' offset -'), duration) },
  { weight: 1, arbitrary: fc.constantFrom(' @ 5', ' @ start()', ' @ end()', ' @ -1.5', ' @ 1e9 offset 5m') },
);
const labels = joined(fc.constant('('), list(label, ', ', 3), fc.constant(')'));
const grouping = fc.oneof(fc.constant(' '), joined(fc.constantFrom(' by ', ' without '), labels, fc.constant(' ')));
const arithmetic = mostly(
  fc.constantFrom('+', '-', '*', '/', '%', '^', 'atan2', 'ATAN2'),
  fc.constantFrom('</', '**', '='),
);
const comparison = mostly(fc.constantFrom('==', '!=', '<', '>', '<=', '>='), fc.constantFrom('=~', '=', '<>', '>/'));
const setOperator = mostly(fc.constantFrom('and', 'or', 'unless', 'AND'), fc.constantFrom('xor', 'not', '&&'));
const pairs = fc.oneof({ weight: 3, arbitrary: nothing }, joined(fc.constantFrom(' on', ' ignoring'), labels));
const grouped = joined(
  fc.constantFrom(' on (job)', ' ignoring (le)', ' on ()'),
  fc.constantFrom(' group_left', ' group_right', ' group_left ()', ' group_right (mode)', ' group_left (job, "x")'),
);
const bool = fc.constantFrom('', '', ' bool');
const space = fc.constantFrom(' ', ' ', ' ', '\n', '\t', ' # a "comment\n');
const aggregation = mostly(
  fc.constantFrom('sum', 'avg', 'max', 'min', 'count', 'group', 'stddev', 'stdvar', 'SUM'),
  fc.constantFrom('limitk', 'median', 'topk', 'rate'),
);
const parametric = mostly(
  fc.constantFrom('topk(3, ', 'quantile(0.9, ', 'count_values("v", ', 'bottomk by (job) (1, ', 'topk(scalar(up), '),
  fc.constantFrom('topk(up, ', 'count_values(1, ', 'quantile("a", ', 'limitk(1, ', 'topk('),
);

type Typed = Readonly<Record<ValueType, fc.Arbitrary<string>>>;

/** Expressions of each type, of at most this many levels. */
function typed(depth: number): Typed {
  const point = joined(selector, moment);
  const span = joined(selector, fc.constant('['), duration, fc.constant(']'), moment);
  if (depth === 0) return { instant: point, range: span, scalar: number, string: text };
  const inner = typed(depth - 1);
  const given = odd(inner);
  return {
    instant: instant(given, point),
    range: fc.oneof({ weight: 3, arbitrary: span }, subquery(given)),
    scalar: scalar(given),
    string: text,
  };
}

/** Arguments that are of their type nearly always. */
function odd(inner: Typed): Typed {
  const other = fc.oneof(...Object.values(inner));
  const entries = Object.entries(inner).map(([type, arbitrary]) => [type, mostly(arbitrary, other, 60)] as const);
  return Object.fromEntries(entries) as Typed;
}

function instant(given: Typed, point: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const either = fc.oneof({ weight: 3, arbitrary: given.instant }, given.scalar);
  return fc.oneof(
    { weight: 2, arbitrary: point },
    { weight: 5, arbitrary: call('instant', given) },
    { weight: 2, arbitrary: joined(aggregation, grouping, fc.constant('('), given.instant, fc.constant(')')) },
    { weight: 1, arbitrary: joined(aggregation, fc.constant('('), given.instant, fc.constant(')'), grouping) },
    { weight: 1, arbitrary: joined(parametric, given.instant, fc.constant(')')) },
    { weight: 2, arbitrary: joined(given.instant, space, arithmetic, space, either) },
    { weight: 2, arbitrary: joined(given.instant, space, comparison, bool, space, either) },
    {
      weight: 2,
      arbitrary: joined(given.instant, space, fc.oneof(arithmetic, setOperator), pairs, space, given.instant),
    },
    { weight: 1, arbitrary: joined(given.instant, space, arithmetic, grouped, space, given.instant) },
    { weight: 1, arbitrary: joined(fc.constantFrom('-', '+'), given.instant) },
    { weight: 2, arbitrary: joined(fc.constant('('), given.instant, fc.constant(')')) },
  );
}

function scalar(given: Typed): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: number },
    { weight: 1, arbitrary: call('scalar', given) },
    { weight: 1, arbitrary: joined(given.scalar, space, arithmetic, space, given.scalar) },
    { weight: 1, arbitrary: joined(given.scalar, space, comparison, fc.constant(' bool '), given.scalar) },
    { weight: 1, arbitrary: joined(fc.constantFrom('-', '('), given.scalar, fc.constantFrom('', ')')) },
  );
}

function subquery({ instant }: Typed): fc.Arbitrary<string> {
  const step = fc.oneof(nothing, duration);
  return joined(
    fc.constant('('),
    instant,
    fc.constant(')['),
    duration,
    fc.constantFrom(':', ' : '),
    step,
    fc.constant(']'),
    moment,
  );
}

function call(returns: 'instant' | 'scalar', given: Typed): fc.Arbitrary<string> {
  const known = [...promqlFunctions].filter(([, facts]) => facts.returns === returns);
  const common = known.filter(([, facts]) => facts.in === 'both');
  return mostly(fc.constantFrom(...common), fc.constantFrom(...known)).chain(([name, { args, optional }]) => {
    const least = optional === 0 ? args.length : args.length - 1;
    const count = mostly(
      fc.integer({ min: least, max: args.length }),
      fc.integer({ min: 0, max: args.length + 2 }),
      60,
    );
    return count.chain((length) => {
      const types = Array.from({ length }, (_, index) => args[Math.min(index, args.length - 1)] ?? 'scalar');
      return fc.tuple(...types.map((type) => given[type])).map((values) => `${name}(${values.join(', ')})`);
    });
  });
}

function list(item: fc.Arbitrary<string>, separator: string, maxLength: number): fc.Arbitrary<string> {
  return fc.array(item, { maxLength }).map((items) => items.join(separator));
}

function closeBraces(end: string): string {
  return end.endsWith('}') ? end : `${end}}`;
}

const whole = typed(3);
const anyExpression = fc.oneof({ weight: 8, arbitrary: whole.instant }, whole.scalar, whole.range);
