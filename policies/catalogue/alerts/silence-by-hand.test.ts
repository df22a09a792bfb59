import type { JsonObject } from 'opsctl';
import { aPlan, aPolicyInput, aResource, aStack } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { silenceByHand } from './silence-by-hand.ts';

const rules = (stack: string) =>
  aResource(`${stack}/prometheus-rules/host`, {
    spec: {
      group: {
        name: 'host',
        rules: [
          { alert: 'HostDown', expr: 'up == 0', labels: { severity: 'critical' } },
          { alert: 'HostBusy', expr: 'busy > 1', labels: { severity: 'warning' } },
        ],
      },
    },
  });

const careful = { startsAt: '2027-01-15T22:00:00Z', endsAt: '2027-01-16T02:00:00Z', owner: 'zhang', reason: 'CHG-7' };
const ofSeverity = (value: string) => ({ name: 'severity', value, isRegex: false, isEqual: true });
const nameless = { ...careful, owner: ' ' };

it.each([
  { name: 'a careful one passes', silence: { ...careful, matchers: [ofSeverity('critical')] }, found: null },
  {
    name: 'one of nobody that hides a critical alert is noted',
    silence: { ...nameless, matchers: [ofSeverity('critical')] },
    found: 'names nobody who made it',
  },
  {
    name: 'one without a reason, for a year',
    silence: { ...careful, reason: '', endsAt: '2028-01-15T22:00:00Z', matchers: [ofSeverity('critical')] },
    found: 'gives no reason, lasts 365 days where 30 are the most',
  },
  {
    name: 'one for a year, though somebody made it and says why',
    silence: { ...careful, endsAt: '2028-01-15T22:00:00Z', matchers: [ofSeverity('critical')] },
    found: 'lasts 365 days where 30 are the most',
  },
  {
    name: 'thirty days and an hour are too long',
    silence: { ...careful, endsAt: '2027-02-14T23:00:00Z', matchers: [ofSeverity('critical')] },
    found: 'lasts 31 days where 30 are the most',
  },
  {
    name: 'one that does not say when it began, for years from today',
    silence: { ...careful, startsAt: undefined, endsAt: '2036-01-01T00:00:00Z', matchers: [ofSeverity('critical')] },
    found: 'lasts 3273 days where 30 are the most',
  },
  {
    name: 'one of warnings is nobody’s grief',
    silence: { ...nameless, matchers: [ofSeverity('warning')] },
    found: null,
  },
  {
    name: 'what only the series says may be anything',
    silence: { ...nameless, matchers: [{ name: 'item', value: 'a.*', isRegex: true, isEqual: true }] },
    found: 'names nobody who made it',
  },
  {
    name: 'a pattern is of the whole label',
    silence: { ...nameless, matchers: [{ name: 'alertname', value: 'Host', isRegex: true, isEqual: true }] },
    found: null,
  },
  {
    name: 'a matcher that must not fit',
    silence: { ...nameless, matchers: [{ name: 'alertname', value: 'HostDown', isRegex: false, isEqual: false }] },
    found: null,
  },
])('$name', ({ silence, found }) => {
  const unmanaged = [{ ...at, name: 'f00', facts: silence as JsonObject }];
  const plan = aPlan([], { unmanaged });
  const stacks = [aStack('plant-1')];
  const violations = silenceByHand.check(aPolicyInput({ stacks, resources: [rules('plant-1')], plan }));
  expect(violations).toEqual(
    found === null
      ? []
      : [
          {
            subject: 'plant-1/alertmanager-silence/f00',
            item: null,
            message: `The silence f00 in the Alertmanager of plant-1 hides HostDown, and ${found}.`,
            position: stacks[0]?.source,
          },
        ],
  );
});

const at = { stack: 'plant-1', target: 'alertmanager', type: 'alertmanager-silence', location: 'until then' };

it('alerts of the control points below are heard too, and others are not', () => {
  const facts = { ...nameless, matchers: [ofSeverity('critical')] };
  const of = (resource: string) =>
    silenceByHand.check(
      aPolicyInput({
        stacks: [aStack('hq', { tier: 'L1' }), aStack('plant-1', { parent: 'hq' })],
        resources: [rules(resource)],
        plan: aPlan([], { unmanaged: [{ ...at, stack: 'hq', name: 'f00', facts }] }),
      }),
    ).length;
  expect([of('plant-1'), of('elsewhere')]).toEqual([1, 0]);
});
