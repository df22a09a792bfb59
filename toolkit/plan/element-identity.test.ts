import { describe, expect, it } from 'vitest';
import { type JsonValue, printAlertOverride, printDisabledAlert, printExpectedTarget } from '../model/index.ts';
import { diffFields } from './diff-fields.ts';
import { identityOf } from './element-identity.ts';
import { fieldLabel } from './field-label.ts';

const route = (team: string, receiver = `${team}-warning`) => ({ receiver, matchers: [`team="${team}"`] });
const group = (item: string, target = `${item}:9100`) => ({ targets: [target], labels: { item } });
const override = (item: string, threshold: number) =>
  printAlertOverride({ alert: 'A', item, variant: 'tuned-1', threshold });
const rule = (alert: string, severity: string, labels = {}) => ({ alert, expr: 'up', labels: { severity, ...labels } });

describe('what people call an element of a list', () => {
  it.each<{ name: string; element: JsonValue; title: string | null }>([
    { name: 'a rule by its alert', element: rule('HostDown', 'critical'), title: 'HostDown' },
    { name: 'a variant apart from it', element: rule('A', 'warning', { variant: 'tuned-2' }), title: 'A:tuned-2' },
    { name: 'a threshold by alert and item', element: override('mes-1', 1), title: 'override:A:mes-1' },
    {
      name: 'an alert that is off by its name',
      element: printDisabledAlert({ alert: 'HostDown', severity: 'critical' }),
      title: 'disabled:HostDown',
    },
    {
      name: 'what is expected by item and job',
      element: printExpectedTarget({ item: 'mes-1', job: 'host-node', labels: { class: 'host' } }),
      title: 'expected:mes-1:host-node',
    },
    { name: 'a receiver by its name', element: { name: 'ops-critical' }, title: 'ops-critical' },
    { name: 'a scrape job by its name', element: { job_name: 'host-node' }, title: 'host-node' },
    { name: 'a panel by its title', element: { id: 3, title: 'Memory' }, title: 'Memory' },
    { name: 'a panel without title by its number', element: { id: 3 }, title: '3' },
    { name: 'a target group by its item', element: group('mes-1'), title: 'mes-1' },
    { name: 'a route by what it takes', element: route('ops'), title: 'team="ops"' },
    {
      name: 'an inhibition by what sets it off',
      element: { source_matchers: ['alertname="HostDown"', 'item="mes-1"'], target_matchers: ['item="web-1"'] },
      title: 'alertname="HostDown", item="mes-1"',
    },
    { name: 'a relation by both words', element: { type: 'runs', item: 'web-1' }, title: 'runs web-1' },
    { name: 'a text by nothing', element: 'a', title: null },
    { name: 'a step without name by nothing', element: { action: 'drop', regex: 'x' }, title: null },
  ])('$name', ({ element, title }) => {
    expect(identityOf(element)?.title ?? null).toBe(title);
  });
});

describe('the label of a changed element', () => {
  it.each<{ name: string; before: JsonValue; after: JsonValue; labels: readonly string[] }>([
    {
      name: 'is its own where another one was put before it',
      before: [group('b')],
      after: [group('a'), group('b', 'other:9100')],
      labels: ['+ [a]', '~ [b].targets[0]'],
    },
    {
      name: 'is its own where the one before it went',
      before: [override('a', 1), override('b', 1)],
      after: [override('b', 2)],
      labels: ['- [override:A:a]', '~ [override:A:b].expr'],
    },
    {
      name: 'tells a rule from its variant',
      before: [rule('A', 'warning')],
      after: [rule('A', 'warning'), rule('A', 'warning', { variant: 'tuned-1' })],
      labels: ['+ [A:tuned-1]'],
    },
    {
      name: 'is the same rule when its severity changed',
      before: [rule('A', 'warning')],
      after: [rule('A', 'critical')],
      labels: ['~ [A].labels.severity'],
    },
    {
      name: 'is the same route when it tells somebody else',
      before: [route('a'), route('b')],
      after: [route('b', 'nobody')],
      labels: ['- [team="a"]', '~ [team="b"].receiver'],
    },
    {
      name: 'never says that one became another, also beside what has no name',
      before: [{ name: 'a', x: 1 }, 'text'],
      after: [{ name: 'b', x: 1 }, 'text'],
      labels: ['- [a]', '+ [b]'],
    },
  ])('$name', ({ before, after, labels }) => {
    const said = diffFields(before, after).map((field) => {
      const removed = field.after === undefined ? '-' : '~';
      return `${field.before === undefined ? '+' : removed} ${fieldLabel(field, before, after)}`;
    });
    expect(said).toEqual(labels);
  });
});
