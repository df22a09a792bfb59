import { expect, it } from 'vitest';
import { withoutSecrets } from './find-secrets.ts';
import { withGlobalDefaults } from './global-defaults.ts';

const secret = 'hunter2hunter2';

it.each([
  { name: 'a key of PagerDuty', kind: 'pagerduty_configs', channel: { routing_key: secret } },
  {
    name: 'a hook of Slack, however short',
    kind: 'slack_configs',
    channel: { api_url: `https://a.example/${secret}` },
  },
  { name: 'a hook of Teams', kind: 'msteams_configs', channel: { webhook_url: `https://a.example/${secret}` } },
  {
    name: 'a token in a query',
    kind: 'webhook_configs',
    channel: { url: `https://a.example/hook?access_token=${secret}` },
  },
  { name: 'a password before the host', kind: 'webhook_configs', channel: { url: `https://me:${secret}@a.example/` } },
  {
    name: 'a token as a piece of the path',
    kind: 'webhook_configs',
    channel: { url: `https://a.example/${secret}${secret}/` },
  },
  {
    name: 'a password of a proxy',
    kind: 'webhook_configs',
    channel: { url: 'https://a.example/', http_config: { proxy_url: `http://me:${secret}@proxy.example` } },
  },
  {
    name: 'a header of authorization',
    kind: 'webhook_configs',
    channel: { url: 'https://a.example/', http_config: { authorization: { credentials: secret } } },
  },
  { name: 'keys of a cloud', kind: 'sns_configs', channel: { sigv4: { access_key: secret, secret_key: secret } } },
  {
    name: 'a list of header values',
    kind: 'webhook_configs',
    channel: { http_config: { basic_auth: { password: secret } } },
  },
])('$name is taken out', ({ kind, channel }) => {
  const { receivers, secrets } = withoutSecrets([{ name: 'Team X', [kind]: [channel] }]);
  expect(JSON.stringify(receivers)).not.toContain(secret);
  expect(secrets.map(({ variable }) => variable).every((name) => /^ALERTMANAGER_TEAM_X_[A-Z_0-9]+$/.test(name))).toBe(
    true,
  );
  expect(secrets.length).toBeGreaterThan(0);
});

it.each([
  { name: 'a plain address of a hook', kind: 'webhook_configs', channel: { url: 'https://duty.plant.example/alerts' } },
  { name: 'a file that holds one', kind: 'slack_configs', channel: { api_url_file: '/etc/slack' } },
  { name: 'a server of mail', kind: 'email_configs', channel: { smarthost: 'mail:25', auth_username: 'a' } },
])('$name stays', ({ kind, channel }) => {
  expect(withoutSecrets([{ name: 'a', [kind]: [channel] }])).toEqual({
    receivers: [{ name: 'a', [kind]: [channel] }],
    secrets: [],
  });
});

it('one value is one variable, two values of one field are two', () => {
  const channels = [{ routing_key: 'a' }, { routing_key: 'b' }, { routing_key: 'a' }];
  const { secrets } = withoutSecrets([{ name: 'x', pagerduty_configs: channels }]);
  expect(secrets.map(({ variable }) => variable.replace(/^.*KEY/, 'KEY'))).toEqual(['KEY', 'KEY_2', 'KEY']);
});

it('receivers get what they inherit, and not what they have in another form', () => {
  const global = {
    slack_api_url: 'https://a',
    smtp_from: 'a@b',
    http_config: { follow_redirects: false },
    resolve_timeout: '5m',
  };
  const { receivers, used } = withGlobalDefaults(
    [{ name: 'x', slack_configs: [{}, { api_url_file: 'f' }], email_configs: [{ to: 'c' }] }],
    global,
  );
  expect(receivers).toEqual([
    {
      name: 'x',
      slack_configs: [
        { api_url: 'https://a', http_config: { follow_redirects: false } },
        { api_url_file: 'f', http_config: { follow_redirects: false } },
      ],
      email_configs: [{ to: 'c', from: 'a@b' }],
    },
  ]);
  expect([...used].sort()).toEqual(['http_config', 'slack_api_url', 'smtp_from']);
});
