import { expect, it } from 'vitest';
import type { JsonObject } from '../model/index.ts';
import { lostReceivers } from './lost-receivers.ts';
import { unmatchedSecret } from './secret-mask.ts';

const configOf = (...receivers: readonly JsonObject[]) => ({ config: { receivers } });
const hook = (name: string, ...urls: readonly JsonObject['url'][]) => ({
  name,
  webhook_configs: urls.map((url) => ({ url: url ?? '', send_resolved: true })),
});
const secret = { $secret: 'env:HOOK' };

it.each<{ name: string; before: JsonObject; after: JsonObject; lost: readonly string[] }>([
  { name: 'nothing where nothing changes', before: hook('ops', 'a'), after: hook('ops', 'a'), lost: [] },
  { name: 'nothing of somebody who is told besides', before: hook('ops', 'a'), after: hook('ops', 'b', 'a'), lost: [] },
  {
    name: 'nothing of how a message is written',
    before: { name: 'ops', email_configs: [{ to: 'a@x', text: 'short' }] },
    after: { name: 'ops', email_configs: [{ to: 'a@x', text: 'long', smarthost: 'b:25' }] },
    lost: [],
  },
  {
    name: 'another address',
    before: hook('ops', 'a'),
    after: hook('ops', 'b'),
    lost: ['the receiver ops goes to somebody else: webhook b instead of a'],
  },
  {
    name: 'one of several addresses that goes',
    before: hook('ops', 'a', 'b'),
    after: hook('ops', 'b'),
    lost: ['the receiver ops tells a no longer'],
  },
  {
    name: 'an address that becomes a secret',
    before: hook('ops', 'a'),
    after: hook('ops', secret),
    lost: ['the receiver ops goes to somebody else: webhook the secret env:HOOK instead of a'],
  },
  {
    name: 'a secret address whose value is another, but not the value',
    before: hook('ops', unmatchedSecret),
    after: hook('ops', secret),
    lost: ['the receiver ops may go to somebody else: webhook the secret env:HOOK instead of another secret'],
  },
  {
    name: 'other people of one company',
    before: { name: 'ops', wechat_configs: [{ corp_id: 'c', agent_id: '1', to_party: '2', message: 'm' }] },
    after: { name: 'ops', wechat_configs: [{ corp_id: 'c', agent_id: '1', to_party: '3', message: 'm' }] },
    lost: [
      'the receiver ops goes to somebody else: wechat agent_id 1, corp_id c, to_party 3 instead of agent_id 1, corp_id c, to_party 2',
    ],
  },
  {
    name: 'a channel that goes while another stays',
    before: { ...hook('ops', 'a'), email_configs: [{ to: 'a@x' }] },
    after: { name: 'ops', email_configs: [{ to: 'a@x' }] },
    lost: ['the receiver ops loses its webhook channel'],
  },
  {
    name: 'the last channel that goes',
    before: hook('ops', 'a'),
    after: { name: 'ops' },
    lost: ['the receiver ops loses its webhook channel and tells nobody any more'],
  },
])('tells $name', ({ before, after, lost }) => {
  expect(lostReceivers(configOf(before), configOf(after))).toEqual(lost);
});

it('says once what happens to several alike', () => {
  const [before, after] = ['a', 'b'].map((url) => configOf(hook('ops-critical', url), hook('ops-warning', url)));
  expect(lostReceivers(before ?? {}, after ?? {})).toEqual([
    'the receivers ops-critical, ops-warning go to somebody else: webhook b instead of a',
  ]);
});

it('reads receivers in a cluster alike', () => {
  const [before, after] = ['a', 'b'].map((toParty) => ({
    kind: 'AlertmanagerConfig',
    spec: { receivers: [{ name: 'ops', wechatConfigs: [{ toParty }] }] },
  }));
  expect(lostReceivers(before ?? {}, after ?? {})).toEqual([
    'the receiver ops goes to somebody else: wechat b instead of a',
  ]);
});
