import { expect, it } from 'vitest';
import { debianDialect, parseExpression } from '../languages/promql/index.ts';
import type { Rule } from './read-rules.ts';
import { sliceRules } from './rule-slice.ts';

const rules = [
  record('job:errors', 'rate(errors_total[5m])'),
  record('job:ratio', 'job:errors / job:requests'),
  record('job:requests', 'rate(requests_total[5m])'),
  record('other', 'up'),
  record('threshold', 'vector(1)', { alert: 'A' }),
  record('threshold', 'vector(2)', { alert: 'B' }),
  alert('A', 'job:ratio > on () threshold{alert="A"}', { severity: 'critical' }),
  alert('B', 'up == 0', { severity: 'warning' }),
  alert('AllCritical', 'ALERTS{severity="critical"}', {}),
  alert('One', 'ALERTS_FOR_STATE{alertname="B"} > 5', { severity: 'info' }),
];

it.each([
  {
    name: 'what a rule reads is taken with it, and what that reads, in the order of the files',
    of: 'A',
    slice: ['job:errors', 'job:ratio', 'job:requests', 'threshold A', 'A'],
  },
  { name: 'a rule that reads nothing recorded stands alone', of: 'B', slice: ['B'] },
  {
    name: 'an alert about alerts takes those whose labels it can mean',
    of: 'AllCritical',
    slice: ['job:errors', 'job:ratio', 'job:requests', 'threshold A', 'A', 'AllCritical'],
  },
  { name: 'an alert about one alert takes that one', of: 'One', slice: ['B', 'One'] },
  { name: 'alerts that a test gives are left out', of: 'AllCritical', alertsAreInput: true, slice: ['AllCritical'] },
])('$name', ({ of, alertsAreInput = false, slice }) => {
  const wanted = rules.filter(({ name }) => name === of);
  const names = sliceRules(wanted, rules, { alertsAreInput }).map(({ name, labels, kind }) =>
    kind === 'record' && labels.alert !== undefined ? `${name} ${labels.alert}` : name,
  );
  expect(names).toEqual(slice);
});

function record(name: string, text: string, labels: Rule['labels'] = {}): Rule {
  return rule('record', name, text, labels);
}

function alert(name: string, text: string, labels: Rule['labels']): Rule {
  return rule('alert', name, text, labels);
}

function rule(kind: Rule['kind'], name: string, text: string, labels: Rule['labels']): Rule {
  const parsed = parseExpression(text, debianDialect);
  if (parsed.kind === 'refused') throw new Error(`${text} is not PromQL.`);
  const { expression } = parsed;
  // A slice looks at names, labels and expressions only.
  return { kind, name, text, expression, forMs: 0, labels, annotations: {}, spec: {}, index: 0 } as unknown as Rule;
}
