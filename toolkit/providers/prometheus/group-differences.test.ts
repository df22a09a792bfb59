import { expect, it } from 'vitest';
import type { LoadedGroup } from './api.ts';
import { groupDifferences } from './group-differences.ts';

const loaded = (labels: LoadedGroup['rules'][number]['labels']): LoadedGroup => ({
  name: 'hall',
  file: 'rules/hall.yaml',
  intervalSeconds: 60,
  limit: 0,
  rules: [
    {
      isAlert: true,
      name: 'FeedLost',
      query: 'feed_up == 0',
      forSeconds: 0,
      keepFiringForSeconds: 0,
      labels,
      annotations: {},
    } as unknown as LoadedGroup['rules'][number],
  ],
});

const written = {
  name: 'hall',
  labels: { area: 'hall', severity: 'warning' },
  rules: [{ alert: 'FeedLost', expr: 'feed_up == 0', labels: { severity: 'critical' } }],
};

it.each([
  { name: 'labels of a group are those of its rules', labels: { area: 'hall', severity: 'critical' }, found: [] },
  {
    name: 'a rule without them runs otherwise',
    labels: { severity: 'critical' },
    found: ['the server runs FeedLost with another labels.'],
  },
])('$name', ({ labels, found }) => {
  expect(groupDifferences([written], [loaded(labels)], '1m')).toEqual(found);
});

it('an alert that the server no longer has is named, and one that the file never had', () => {
  const rule = (alert: string, severity: string) => ({ alert, expr: 'feed_up == 0', labels: { severity } });
  const file = { name: 'hall', rules: [rule('FeedLost', 'critical'), rule('FeedSlow', 'warning')] };
  const [feedLost] = loaded({ severity: 'warning' }).rules;
  const server = { ...loaded({}), rules: feedLost === undefined ? [] : [{ ...feedLost, name: 'Other' }] };
  expect(groupDifferences([file], [server], '1m')).toEqual([
    'the server does not run FeedLost (critical) of hall.',
    'the server does not run FeedSlow (warning) of hall.',
    'the server runs Other of hall, which is not in the file.',
  ]);
});
