import { expect, it } from 'vitest';
import { type Address, type AppliedResource, makeAddress, type RunningSide, type StackState } from '../model/index.ts';
import { digestOfPlan } from '../plan/index.ts';
import { plainResource } from '../testing/arbitraries.ts';
import { aPlan } from '../testing/policy-input.ts';
import type { TargetSessions } from './target-sessions.ts';
import { withWhatRuns } from './what-runs.ts';

const [hosts, record] = ['hosts', 'record'].map((name) => makeAddress({ stack: 'east', type: 'note', name })) as [
  Address,
  Address,
];

function applied(address: Address, target: string): AppliedResource {
  const { type, spec, dependsOn, lifecycle, owner } = plainResource(address);
  return { ...{ address, type, spec, dependsOn, lifecycle, owner }, target, secrets: {} };
}

const resources = new Map([
  [hosts, applied(hosts, 'server')],
  [record, applied(record, 'files')],
]);
const states = [{ stack: 'east', resources } as unknown as StackState];

/** A target with a server, and one that nobody loads anything from. */
function sessionsThatSay(side: RunningSide) {
  const asked: string[] = [];
  const open = (_stack: string, target: string) => ({
    ...(target === 'server' && {
      whichRuns: async (objects: readonly { readonly address: Address }[]) => {
        asked.push(...objects.map(({ address }) => address));
        return new Map(objects.map(({ address }) => [address, side]));
      },
    }),
  });
  return { sessions: { open } as unknown as TargetSessions, asked };
}

function planWith(...addresses: readonly Address[]) {
  return aPlan([], { drift: addresses.map((address) => ({ address, kind: 'changed', fields: [], detail: 'x' })) });
}

it('of what drifted, servers are asked what they run, and the plan and its digest hold the answer', async () => {
  const { sessions, asked } = sessionsThatSay('found');
  const plan = await withWhatRuns(planWith(hosts, record), states, sessions);
  expect(asked).toEqual([hosts]);
  expect(plan.drift.map(({ address, runs = null }) => [address, runs])).toEqual([
    [hosts, 'found'],
    [record, null],
  ]);
  expect(plan.digest).toBe(digestOfPlan(plan));
});

it('a plan whose drift no server knows of stays as it is', async () => {
  const plan = planWith(record);
  expect(await withWhatRuns(plan, states, sessionsThatSay('found').sessions)).toBe(plan);
});
