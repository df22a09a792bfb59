import { describe, expect, it } from 'vitest';
import type { BinaryOperation, Expression } from './expression.ts';
import { inferLabels, neverMatchingLabel } from './infer-labels.ts';
import { knownLabels, type LabelSet } from './label-set.ts';
import { parseExpression } from './parse-expression.ts';

describe('inferLabels', () => {
  it.each([
    { name: 'a selector has its name and what it asks for', text: 'up{job="a"}', labels: '__name__=up job=a ...' },
    { name: 'a label that must not be empty is there', text: 'up{job!=""}', labels: '__name__=up job ...' },
    { name: 'a label that must be empty is not', text: 'up{job=""}', labels: '__name__=up -job ...' },
    { name: 'a pattern that does not match nothing', text: 'up{job=~"a|b"}', labels: '__name__=up job ...' },
    { name: 'a pattern that is a text', text: 'up{job=~"a"}', labels: '__name__=up job=a ...' },
    { name: 'a pattern that matches nothing too', text: 'up{job=~"a.*|"}', labels: '__name__=up ...' },
    { name: 'a pattern that excludes nothing', text: 'up{job!~"|a"}', labels: '__name__=up job ...' },
    { name: 'rate drops the name', text: 'rate(a{b="c"}[5m])', labels: '-__name__ b=c ...' },
    { name: 'last_over_time keeps it', text: 'last_over_time(a[5m])', labels: '__name__=a ...' },
    { name: 'a sum has no labels', text: 'sum(a)', labels: '' },
    { name: 'a sum by labels has these, where its vector may', text: 'sum by (b, x) (a{b="c"})', labels: 'b=c x?' },
    {
      name: 'a sum without labels keeps the others',
      text: 'sum without (b) (a{b="c", d="e"})',
      labels: '-__name__ -b d=e ...',
    },
    { name: 'topk keeps the series', text: 'topk by (b) (5, a)', labels: '__name__=a ...' },
    { name: 'count_values adds its label', text: 'count_values by (b) ("v", a{b="c"})', labels: 'b=c v' },
    { name: 'a comparison with a number keeps the name', text: 'a > 1', labels: '__name__=a ...' },
    { name: 'a comparison to 0 or 1 drops it', text: 'a > bool 1', labels: '-__name__ ...' },
    { name: 'an operation drops it', text: '1 - a', labels: '-__name__ ...' },
    { name: 'atan2 drops it in one release only', text: 'a atan2 1', labels: '...' },
    { name: 'a sign drops it', text: '-a', labels: '-__name__ ...' },
    { name: 'sides matched on labels give these only', text: 'a{b="c", d="e"} / on (b) f', labels: 'b=c' },
    { name: 'sides matched on all labels agree in them', text: 'a / f{b="c"}', labels: '-__name__ b=c ...' },
    { name: 'an ignored label is gone', text: 'a{b="c"} / ignoring (b) f{d="e"}', labels: '-__name__ -b d=e ...' },
    {
      name: 'group_left keeps the left side and takes labels of the right',
      text: 'a{b="c"} * on (d) group_left (g) h{d="e", g="i"}',
      labels: '-__name__ b=c d=e g=i ...',
    },
    {
      name: 'group_right is its mirror',
      text: 'sum by (d, g) (h) * on (d) group_right (g) sum by (d, b) (a)',
      labels: 'b? d? g?',
    },
    { name: 'and keeps the left side', text: 'a{b="c"} and on (d) f{d="e"}', labels: '__name__=a b=c d=e ...' },
    { name: 'unless keeps the left side', text: 'sum by (b) (a) unless on (b) f', labels: 'b?' },
    { name: 'or has what both sides have', text: 'sum by (b) (a{b="c"}) or sum by (b, d) (a{b="e"})', labels: 'b d?' },
    {
      name: 'absent has what its selector says once',
      text: 'absent(a{b="c", d=~"e", f="1", f="2"})',
      labels: 'b=c -d -f',
    },
    { name: 'absent of anything else has nothing', text: 'absent(sum by (b) (a{b="c"}))', labels: '' },
    {
      name: 'a quantile of buckets loses le',
      text: 'histogram_quantile(0.9, sum by (le, b) (a))',
      labels: 'b?',
    },
    { name: 'vector and time have nothing', text: 'vector(time())', labels: '' },
    { name: 'a date without a vector has nothing', text: 'hour()', labels: '' },
    {
      name: 'label_replace that always matches sets a label',
      text: 'label_replace(a, "x", "y", "", "")',
      labels: '__name__=a x=y ...',
    },
    {
      name: 'label_replace that may not match may set it',
      text: 'label_replace(sum by (b) (a), "x", "$1", "b", "(.+)")',
      labels: 'b? x?',
    },
    {
      name: 'label_replace copies a label',
      text: 'label_replace(a{b="c"}, "x", "$1", "b", "(.*)")',
      labels: '__name__=a b=c x=c ...',
    },
    {
      name: 'label_replace by nothing removes a label',
      text: 'label_replace(a{b="c"}, "b", "", "", ".*")',
      labels: '__name__=a -b ...',
    },
    { name: 'label_join of texts between is there', text: 'label_join(sum(a), "x", "-", "b", "c")', labels: 'x' },
    { name: 'label_join of nothing is not', text: 'label_join(sum(a), "x", "", "b")', labels: '-x' },
    {
      name: 'a subquery has the labels of what it repeats',
      text: 'max_over_time(sum by (b) (a)[1h:])',
      labels: 'b?',
    },
  ])('$name', ({ text, labels }) => {
    expect(shown(inferLabels(read(text)))).toBe(labels);
  });

  it('uses what is known of the metrics', () => {
    const knowledge = () => knownLabels(['job', 'instance', 'mode']);
    const labels = inferLabels(read('avg without (mode) (rate(node_cpu_seconds_total{job="node"}[5m]))'), knowledge);
    expect(shown(labels)).toBe('instance job=node');
  });
});

describe('neverMatchingLabel', () => {
  it.each([
    {
      name: 'a label that one side has lost',
      text: 'sum by (job) (a) / on (job, x) sum by (job) (b{job="c"})',
      label: null,
    },
    { name: 'a label that only one side has', text: 'sum by (job) (a{job="b"}) / sum(c)', label: 'job' },
    { name: 'two values of one label', text: 'a{job="b"} and on (job) c{job="d"}', label: 'job' },
    { name: 'a label that is ignored', text: 'sum by (job) (a{job="b"}) / ignoring (job) sum(c)', label: null },
    { name: 'labels of which nothing is known', text: 'a / on (job) b', label: null },
    { name: 'or, which matches nothing', text: 'a{job="b"} or a{job="c"}', label: null },
  ])('$name', ({ text, label }) => {
    expect(neverMatchingLabel(read(text) as BinaryOperation)).toBe(label);
  });
});

function read(text: string): Expression {
  const parsed = parseExpression(text);
  if (parsed.kind === 'refused') throw new Error(`${text}: ${parsed.problems[0].text}`);
  return parsed.expression;
}

/** `a=b` has that value, `a` is there, `-a` is not, `a?` may be; `...`: there may be others. */
function shown({ labels, others }: LabelSet): string {
  const facts = [...labels].sort().flatMap(([label, fact]) => {
    if (fact.presence === 'possible') return others === 'possible' ? [] : [`${label}?`];
    if (fact.presence === 'absent') return [`-${label}`];
    return [fact.value === null ? label : `${label}=${fact.value}`];
  });
  return [...facts, ...(others === 'possible' ? ['...'] : [])].join(' ');
}
