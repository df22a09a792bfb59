import { expect, it } from 'vitest';
import type { PlannedChange } from '../plan/index.ts';
import { aResource } from '../testing/index.ts';
import { referenceOf } from './planned-place.ts';

it('an object that is taken over is looked at as what it is to be, as the plan looked at it', () => {
  const spec = { community: { $secret: 'env:COMMUNITY' } };
  const desired = aResource('plant/snmp-config/main', { target: 'snmp', spec });
  const observed = { ...desired, spec: { fileMode: '0644' } };
  const planned = {
    address: desired.address,
    change: { action: 'adopt', desired, observed, fields: [] },
    applied: null,
  };
  expect(referenceOf(planned as unknown as PlannedChange)).toEqual({
    target: 'snmp',
    reference: { address: desired.address, type: 'snmp-config', spec },
  });
});
