import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/index.ts';
import { canonicalConfig } from './canonical-config.ts';

const global = (fields: JsonObject): JsonObject => ({ global: fields });
const root = (fields: JsonObject): JsonObject => ({ route: { receiver: 'a', ...fields } });
const child = (fields: JsonObject): JsonObject => root({ routes: [{ receiver: 'b', ...fields }] });
const receiver = (kind: string, fields: JsonObject): JsonObject => ({ receivers: [{ name: 'a', [kind]: [fields] }] });
const inhibit = (fields: JsonObject): JsonObject => ({ inhibit_rules: [{ equal: ['item'], ...fields }] });

describe('canonicalConfig', () => {
  it.each<{ name: string; one: JsonObject; other: JsonObject }>([
    { name: 'resolve_timeout is 5m', one: global({ resolve_timeout: '300s' }), other: {} },
    { name: 'smtp_require_tls is true', one: global({ smtp_require_tls: true }), other: {} },
    {
      name: 'the WeCom address is that of WeCom',
      one: global({ wechat_api_url: 'https://qyapi.weixin.qq.com/cgi-bin/' }),
      other: {},
    },
    { name: 'group_wait of the root is 30s', one: root({ group_wait: '30s' }), other: root({}) },
    { name: 'group_interval of the root is 5m', one: root({ group_interval: '5m' }), other: root({}) },
    { name: 'repeat_interval of the root is 4h', one: root({ repeat_interval: '240m' }), other: root({}) },
    { name: 'continue is false', one: child({ continue: false }), other: child({}) },
    { name: 'group_by has no order', one: root({ group_by: ['b', 'a'] }), other: root({ group_by: ['a', 'b'] }) },
    { name: 'a route without routes has none', one: child({ routes: [] }), other: child({}) },
    {
      name: 'matchers have no order',
      one: child({ matchers: ['b="1"', 'a="1"'] }),
      other: child({ matchers: ['a="1"', 'b="1"'] }),
    },
    {
      name: 'matchers may lack quotes',
      one: child({ matchers: ['severity = critical'] }),
      other: child({ matchers: ['severity="critical"'] }),
    },
    {
      name: 'intervals have no order',
      one: child({ mute_time_intervals: ['y', 'x'] }),
      other: child({ mute_time_intervals: ['x', 'y'] }),
    },
    { name: 'durations have many spellings', one: child({ group_wait: '90s' }), other: child({ group_wait: '1m30s' }) },
    {
      name: 'receivers have no order',
      one: { receivers: [{ name: 'b' }, { name: 'a' }] },
      other: { receivers: [{ name: 'a' }, { name: 'b' }] },
    },
    {
      name: 'a webhook hears of the end',
      one: receiver('webhook_configs', { url: 'u', send_resolved: true }),
      other: receiver('webhook_configs', { url: 'u' }),
    },
    {
      name: 'a webhook takes all alerts',
      one: receiver('webhook_configs', { url: 'u', max_alerts: 0 }),
      other: receiver('webhook_configs', { url: 'u' }),
    },
    {
      name: 'mail does not tell of the end',
      one: receiver('email_configs', { to: 'u', send_resolved: false }),
      other: receiver('email_configs', { to: 'u' }),
    },
    {
      name: 'WeCom does not hear of the end',
      one: receiver('wechat_configs', { corp_id: 'u', send_resolved: false }),
      other: receiver('wechat_configs', { corp_id: 'u' }),
    },
    {
      name: 'WeCom gets text',
      one: receiver('wechat_configs', { corp_id: 'u', message_type: 'text' }),
      other: receiver('wechat_configs', { corp_id: 'u' }),
    },
    {
      name: 'an agent id is a text',
      one: receiver('wechat_configs', { agent_id: 7 }),
      other: receiver('wechat_configs', { agent_id: '7' }),
    },
    {
      name: 'calls follow redirects',
      one: receiver('webhook_configs', { url: 'u', http_config: { follow_redirects: true } }),
      other: receiver('webhook_configs', { url: 'u' }),
    },
    {
      name: 'inhibition has no order',
      one: { inhibit_rules: [{ equal: ['b', 'a'] }, { equal: ['c'] }] },
      other: { inhibit_rules: [{ equal: ['c'] }, { equal: ['a', 'b'] }] },
    },
    {
      name: 'inhibition matches as routes do',
      one: inhibit({ source_matchers: ['b=1', 'a="1"'] }),
      other: inhibit({ source_matchers: ['a=1', 'b="1"'] }),
    },
    { name: 'templates have no order', one: { templates: ['b', 'a'] }, other: { templates: ['a', 'b'] } },
    {
      name: 'intervals are in UTC',
      one: { time_intervals: [{ name: 'x', time_intervals: [{ weekdays: ['sunday'], location: 'UTC' }] }] },
      other: { time_intervals: [{ name: 'x', time_intervals: [{ weekdays: ['sunday'] }] }] },
    },
  ])('$name', ({ one, other }) => {
    expect(canonicalConfig({ config: one })).toEqual(canonicalConfig({ config: other }));
  });

  it.each<{ name: string; one: JsonObject; other: JsonObject }>([
    {
      name: 'the order of routes counts',
      one: root({ routes: [{ receiver: 'a' }, { receiver: 'b' }] }),
      other: root({ routes: [{ receiver: 'b' }, { receiver: 'a' }] }),
    },
    { name: 'a route below inherits, so it has no default', one: child({ group_wait: '30s' }), other: child({}) },
    {
      name: 'a matcher is not its opposite',
      one: child({ matchers: ['a="1"'] }),
      other: child({ matchers: ['a!="1"'] }),
    },
    {
      name: 'a receiver may differ from its kind',
      one: receiver('webhook_configs', { url: 'u', send_resolved: false }),
      other: receiver('webhook_configs', { url: 'u' }),
    },
  ])('$name', ({ one, other }) => {
    expect(canonicalConfig({ config: one })).not.toEqual(canonicalConfig({ config: other }));
  });
});
