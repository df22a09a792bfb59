import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseByGrammar, parseExpression } from './parse-expression.ts';
import { readPlain } from './read-plain.ts';
import { scanTokens } from './scan-tokens.ts';
import { currentDialect, debianDialect } from './versions.ts';

const dialects = [debianDialect, currentDialect];

const written = [
  'up',
  'up == 0',
  '{__name__=~"a|b",job!=""}',
  'sum by (job, le) (rate(http_requests_total{code=~"5..", job="x"}[5m])) / ignoring (code) group_left (team) b > bool 0.5',
  '100 - avg without (cpu) (irate(a{mode="idle"}[5m])) * 100 > 80 and on (instance) up offset 1h30m == 1',
  'histogram_quantile(0.99, sum(rate(x_bucket[10m])) by (le)) > -1 ^ 2',
  'max_over_time((a - b)[1h:1m]) or absent(c) unless topk(5, d)',
  'label_replace(up, "x", "$1", "y", "(.+)") == 1 # why',
  'quantile(0.9, a) ^ 2 ^ -b % 3',
  'count_values("v", a) + time() - scalar(b{})',
  'predict_linear(a[6h], 24 * 3600) < 0',
  'rate(a[5m] offset 5m)',
  'a / on () group_right b',
  '+a - -1',
];

it.each(written)('reads %s as the grammar does, and without it', (text) => {
  for (const dialect of dialects) {
    expect(readPlain(text, scanTokens(text, dialect).tokens, dialect)).not.toBeNull();
    expect(parseExpression(text, dialect)).toEqual(parseByGrammar(text, dialect));
  }
});

it.each([
  'up @ start()',
  'up offset -5m',
  'NaN',
  '5m',
  'a atan2 b',
  'offset',
  'sum',
  'foo(1)',
  '{"a.b"}',
  'a{b="c",}',
  'sum by (a:b) (c)',
  'rate(a[5m])[1h]',
  'up[step()]',
  'a == bool b # on (x)\n + c smoothed',
])('leaves %s to the grammar', (text) => {
  for (const dialect of dialects) expect(parseExpression(text, dialect)).toEqual(parseByGrammar(text, dialect));
});

const words = [
  ...['up', 'job', 'a:b', 'sum', 'topk', 'count_values', 'by', 'without', 'on', 'ignoring', 'group_left', 'bool'],
  ...['offset', 'and', 'or', 'unless', 'atan2', 'rate', 'time', 'abs', 'vector', 'Inf', 'NaN', 'start', 'end'],
  ...['anchored', 'fill', 'step', 'max_of', 'SUM', 'AND', 'holt_winters', 'label_replace', 'info'],
];
const marks = [
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '=',
  '==',
  '=~',
  '!=',
  '>',
  '<=',
  '+',
  '-',
  '*',
  '/',
  '^',
  '%',
  '@',
];
const values = ['1', '0.5', '1e3', '0x1F', '010', '5.', '5m', '1h30m', '0s', '"x"', `'y'`, '"a.b"', '# c\n'];
const anyToken = fc.constantFrom(...words, ...marks, ...values);

/** Expressions as they are written, with some tokens taken out, doubled, or put in the place of others. */
const mutated = fc
  .tuple(
    fc.constantFrom(...written),
    fc.array(fc.tuple(fc.nat(60), fc.constantFrom('drop', 'double', 'replace', 'insert'), anyToken), { maxLength: 3 }),
  )
  .map(([text, changes]) => {
    const tokens = scanTokens(text, currentDialect).tokens.map((token) => token.text);
    for (const [place, change, token] of changes) {
      const at = place % tokens.length;
      const old = tokens[at] ?? '';
      const now = { drop: [], double: [old, old], replace: [token], insert: [token, old] }[change];
      tokens.splice(at, 1, ...now);
      if (tokens.length === 0) tokens.push('up');
    }
    return tokens.join(' ');
  });

it('gives the expression of the grammar for whatever is written, or leaves it', () => {
  const any = fc.oneof(
    mutated,
    fc.array(anyToken, { minLength: 1, maxLength: 8 }).map((tokens) => tokens.join(' ')),
  );
  fc.assert(
    fc.property(any, fc.constantFrom(...dialects), (text, dialect) => {
      expect(parseExpression(text, dialect)).toEqual(parseByGrammar(text, dialect));
    }),
    { numRuns: 3000 },
  );
});
