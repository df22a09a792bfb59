import { expect, it } from 'vitest';
import type { TrialAnswer } from '../../model/index.ts';
import type { Space } from './declared-spaces.ts';
import { identitiesOf } from './identities.ts';

const space: Space = {
  tenant: 'mes',
  namespace: 'mes-prod',
  labels: {},
  quota: {},
  limits: {},
  policies: new Map(),
  groups: [
    { group: 'mes-developers', level: 'edit' },
    { group: 'mes-users', level: 'view' },
  ],
  bindings: [],
  source: { file: 'stacks/plant.ts', line: 1, column: 1 },
};
const answering = (answer: TrialAnswer) => ({ try: async () => answer });

it('a member of each group, and each account that is there', async () => {
  const items = [{ metadata: { name: 'orders' } }, { metadata: { name: 'default' } }];
  const { identities, evidence } = await identitiesOf(answering({ status: 200, body: { items } }), [space]);
  expect(identities.map(({ title, user, level }) => [title, user.name, user.groups, level])).toEqual([
    ['mes-developers', 'opsctl-tenancy-verify', ['mes-developers'], 'edit'],
    ['mes-users', 'opsctl-tenancy-verify', ['mes-users'], 'view'],
    ['the account default of mes-prod', 'system:serviceaccount:mes-prod:default', [], 'account'],
    ['the account orders of mes-prod', 'system:serviceaccount:mes-prod:orders', [], 'account'],
  ]);
  expect(evidence).toEqual([]);
});

it('accounts that may not be seen are not taken for none', async () => {
  const { identities, evidence } = await identitiesOf(answering({ status: 403, body: { message: 'no' } }), [space]);
  expect(identities.map(({ title }) => title)).toContain('the account default of mes-prod');
  expect(evidence.map(({ aspect, verdict, asked, answered }) => [aspect, verdict, asked, answered])).toEqual([
    ['read', 'untried', 'the accounts of mes-prod', '403: no'],
    ['write', 'untried', 'the accounts of mes-prod', '403: no'],
  ]);
});
