import { expect, it } from 'vitest';
import type { JsonObject } from '../model/index.ts';
import { aChange, aResource } from '../testing/index.ts';
import { lostItems } from './lost-items.ts';
import type { PlannedChange } from './plan.ts';

const inService = { criticality: 'critical', stage: 'in-service', owner: 'ops' };

/** The record of an item that is in service, as it was and with what becomes of it. */
function changeOf(item: string, after: JsonObject, before: JsonObject = {}): PlannedChange {
  const record = { ...inService, ...before };
  const desired = aResource(`plant/cmdb-record/${item}`, { spec: { item, record: { ...record, ...after } } });
  const planned = aChange('update', desired);
  return planned.change.action === 'update'
    ? { ...planned, change: { ...planned.change, observed: { ...planned.change.observed, spec: { item, record } } } }
    : planned;
}

it.each([
  {
    name: 'an item that nobody may be blind for is measured no longer',
    changes: [changeOf('a', { stage: 'in-stock' })],
    lost: [
      'plant: item a (critical) is in-stock instead of in-service: from now on nothing measures it, and no alert tells of it.',
    ],
  },
  {
    name: 'so is one that becomes less urgent at the same time',
    changes: [changeOf('a', { stage: 'maintenance', criticality: 'low' }, { criticality: 'high' })],
    lost: [
      'plant: item a (high) is maintenance instead of in-service: from now on nothing measures it, and no alert tells of it.',
    ],
  },
  {
    name: 'alerts of one go to somebody else',
    changes: [changeOf('a', { owner: 'net' })],
    lost: ['plant: item a (critical) goes to net instead of ops, and so do its alerts.'],
  },
  {
    name: 'several alike are one line',
    changes: ['b', 'a'].map((item) => changeOf(item, { owner: 'net' })),
    lost: ['plant: 2 items (critical: a, b) go to net instead of ops, and so do their alerts.'],
  },
  {
    name: 'one that can wait is not told',
    changes: [changeOf('a', { owner: 'net' }, { criticality: 'medium' })],
    lost: [],
  },
  {
    name: 'nor is one that was not measured',
    changes: [changeOf('a', { owner: 'net' }, { stage: 'planned' })],
    lost: [],
  },
  { name: 'nor what is new', changes: [aChange('create', aResource('plant/cmdb-record/a'))], lost: [] },
  { name: 'nor another change of it', changes: [changeOf('a', { supplier: 'x' })], lost: [] },
])('$name', ({ changes, lost }) => {
  expect(lostItems(changes)).toEqual(lost);
});
