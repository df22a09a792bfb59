import { aChange, aPlan, aPolicyInput, aResource, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { overwritesDrift } from './overwrites-drift.ts';

const resource = aResource('hq/prometheus-rules/host');
const { address } = resource;
const changed = {
  address,
  kind: 'changed',
  detail: '',
  fields: [{ pointer: '/group/rules/0/for', before: '2m', after: '2h' }],
} as const;
const withRule = (wait: string) => ({ ...resource, spec: { group: { rules: [{ alert: 'HostDown', for: wait }] } } });
const edited = aChange('update', withRule('2h'));

it.each([
  { name: 'an update of what nobody touched passes', changes: [aChange('update', resource)], drift: [], findings: [] },
  { name: 'drift that the plan leaves alone passes', changes: [], drift: [changed], findings: [] },
  { name: 'drift that is only recorded passes', changes: [aChange('no-op', resource)], drift: [changed], findings: [] },
  {
    name: 'an object left at the former place of a moved target was changed by nobody, and passes',
    changes: [{ ...aChange('create', resource), cause: { kind: 'target-moved', from: '/a', to: '/b' } }],
    drift: [{ address, kind: 'vanished', detail: '', fields: [] }],
    findings: [],
  },
  {
    name: 'an update over a change by hand is told, with its fields',
    changes: [edited],
    drift: [changed],
    findings: [
      `warning ${address}: ${address} was changed since it was last applied (group.rules[HostDown].for), and the plan would update it.`,
    ],
  },
  {
    name: 'making again what somebody removed is told',
    changes: [aChange('create', resource)],
    drift: [{ address, kind: 'vanished', detail: '', fields: [] }],
    findings: [`warning ${address}: ${address} was removed since it was last applied, and the plan would create it.`],
  },
  {
    name: 'writing over what somebody broke is told',
    changes: [aChange('update', resource)],
    drift: [{ address, kind: 'malformed', detail: '', fields: [] }],
    findings: [`warning ${address}: ${address} was broken since it was last applied, and the plan would update it.`],
  },
] as const)('$name', ({ changes, drift, findings }) => {
  expect(findingsOf(overwritesDrift, aPolicyInput({ plan: aPlan(changes, { drift }) }))).toEqual(findings);
});

it('nothing is found without a plan', () => {
  expect(findingsOf(overwritesDrift, aPolicyInput())).toEqual([]);
});
