import { expect, it } from 'vitest';
import { printSpan } from '../diagnostics/index.ts';
import { readForeign } from './read/read-foreign.ts';
import { placeInExpression } from './written-expression.ts';

/** The part of the expression that is looked for is `job=~"node"`. */
it.each([
  { name: 'on the line of its key', expr: 'up{job=~"node"} == 0', place: 'a.yml:5:18' },
  { name: 'in single quotes', expr: `'up{job=~"node"} == 0'`, place: 'a.yml:5:19' },
  { name: 'in double quotes, where its own are escaped', expr: '"up{job=~\\"node\\"} == 0"', place: 'a.yml:5:19' },
  { name: 'in a block', expr: '|\n          up{\n            job=~"node"} == 0', place: 'a.yml:7:13' },
  { name: 'in a folded block', expr: '>-\n          1 +\n            up{job=~"node"}', place: 'a.yml:7:16' },
  { name: 'on a further line of a plain text', expr: 'sum(\n          up{job=~"node"})', place: 'a.yml:6:14' },
])('finds a part of an expression $name', ({ expr, place }) => {
  const text = `groups:\n  - name: a\n    rules:\n      - record: a:b:c\n        expr: ${expr}\n`;
  const [rule] = readForeign([{ path: 'a.yml', text }], '0.34').input.ruleFiles[0]?.groups[0]?.rules ?? [];
  if (rule === undefined) throw new Error('No rule was read.');
  const from = rule.expression.indexOf('job');
  const span = { from, to: from + 'job=~"node"'.length };
  expect(printSpan(placeInExpression(rule.document, `${rule.pointer}/expr`, rule.expression, span))).toBe(place);
});
