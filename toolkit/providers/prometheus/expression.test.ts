import { expect, it } from 'vitest';
import { isSameExpression } from './expression.ts';

it.each([
  { name: 'blanks and comments', written: 'up==0 # down\n', running: 'up == 0' },
  { name: 'quotes', written: `up{job='a"b',x=\`c\\d\`}`, running: 'up{job="a\\"b",x="c\\\\d"}' },
  { name: 'numbers', written: 'x > 1e3 * .50', running: 'x > 1000 * 0.5' },
  { name: 'durations', written: 'rate(x[60s]) offset 90m', running: 'rate(x[1m]) offset 1h30m' },
  { name: 'a grouping after its operand', written: 'sum(rate(x[5m])) by(job)', running: 'sum by (job) (rate(x[5m]))' },
  {
    name: 'groupings in groupings',
    written: 'max(sum(x)by(a) / (min(y) without (b)))by(c,)',
    running: 'max by (c) (sum by (a) (x) / (min without (b) (y)))',
  },
  { name: 'a grouping by nothing', written: 'sum by () (x)', running: 'sum(x)' },
  { name: 'matching on everything', written: 'a * ignoring() b', running: 'a * b' },
  { name: 'a group without labels', written: 'a * on(x) group_left b', running: 'a * on (x) group_left () b' },
  { name: 'keywords in capitals', written: 'SUM(a) BY (b) OR c', running: 'sum by (b) (a) or c' },
  { name: 'empty braces', written: 'up{}', running: 'up' },
  { name: 'a comma at the end', written: 'up{a="b",}', running: 'up{a="b"}' },
  {
    name: 'the order of matchers',
    written: 'a{x="1",b!="2",} + c{z=~"d,e",y="f"}',
    running: 'a{b!="2",x="1"} + c{y="f",z=~"d,e"}',
  },
  { name: 'the order of modifiers', written: 'x offset 5m @ end()', running: 'x @ end() offset 5m' },
  { name: 'infinity', written: 'x < Inf', running: 'x < +Inf' },
])('Prometheus prints one expression otherwise: $name', ({ written, running }) => {
  expect(isSameExpression(written, running)).toBe(true);
});

it.each([
  { name: 'a threshold', written: 'up == 0', running: 'up == 1' },
  { name: 'an operator', written: 'a > b', running: 'a >= b' },
  { name: 'the sides', written: 'a - b', running: 'b - a' },
  { name: 'a range', written: 'rate(x[5m])', running: 'rate(x[1m])' },
  { name: 'a label', written: 'sum by (a) (x)', running: 'sum by (b) (x)' },
  { name: 'by and without', written: 'sum by (a) (x)', running: 'sum without (a) (x)' },
  { name: 'blanks in a text', written: 'up{a="b c"}', running: 'up{a="b  c"}' },
  { name: 'what is grouped', written: 'sum(a) by (x) + b', running: 'sum by (x) (a + b)' },
  { name: 'a matcher', written: 'a{x="1",b="2"}', running: 'a{b="1",x="2"}' },
  { name: 'a metric in capitals', written: 'Up', running: 'up' },
  { name: 'an empty selector and none', written: 'f({a=""})', running: 'f()' },
])('two expressions differ by $name', ({ written, running }) => {
  expect(isSameExpression(written, running)).toBe(false);
});
