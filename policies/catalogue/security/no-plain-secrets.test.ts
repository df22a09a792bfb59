import { items } from 'opsctl';
import { anItem, aPolicyInput, aResource, aStack, findingsOf } from 'opsctl/testing';
import { describe, expect, it } from 'vitest';
import { noPlainSecrets } from './no-plain-secrets.ts';

const address = 'hq/alertmanager-config/main';

/** Put together here, so that scanners of this repository do not take the examples for real. */
const glue = (...parts: readonly string[]) => parts.join('');

describe('in a spec', () => {
  it.each([
    { name: 'a reference', spec: { api_secret: { $secret: 'env:WECOM_SECRET' } } },
    { name: 'a file with a secret', spec: { password_file: '/etc/mail/password' } },
    {
      name: 'a placeholder',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what a placeholder of the shell looks like.
      spec: { password: '<secret>', token: '${TOKEN}', secret: '{{ .Secret }}', pwd: '********' },
    },
    { name: 'a number of tokens', spec: { tokenCount: '12', secretName: 'mail' } },
    { name: 'an empty password', spec: { password: '' } },
    { name: 'an address without a password', spec: { url: 'https://user@chat.example/hook?team=ops' } },
    { name: 'a time and a port', spec: { text: 'at 10:30 see http://a.example:80/@home' } },
    { name: 'PromQL', spec: { expr: 'sum by (item) (rate(node_cpu_seconds_total{mode!~"idle|iowait"}[5m])) > 0.9' } },
  ])('$name passes', ({ spec }) => {
    expect(findingsOf(noPlainSecrets, aPolicyInput({ resources: [aResource(address, { spec })] }))).toEqual([]);
  });

  it.each([
    {
      spec: { smtp_auth_password: 'hunter2' },
      what: 'what its name says is a secret (smtp_auth_password) in /smtp_auth_password',
    },
    { spec: { apiSecret: 'x1' }, what: 'what its name says is a secret (apiSecret) in /apiSecret' },
    { spec: { tokens: [{ token: 'x1' }] }, what: 'what its name says is a secret (token) in /tokens/0/token' },
    { spec: { 'a/b': { password: 'x1' } }, what: 'what its name says is a secret (password) in /a~1b/password' },
    { spec: { url: 'postgres://mes:hunter2@db.example/mes' }, what: 'an address with a password in it in /url' },
    { spec: { url: 'https://chat.example/send?key=0a1b2c3d4e5f' }, what: 'an address with a key in it in /url' },
    { spec: { text: glue('-----BEGIN RSA PRIV', 'ATE KEY-----') }, what: 'a private key in /text' },
    {
      spec: { headers: ['Authorization: Bearer 0123456789abcdef0123'] },
      what: 'an authorization header in /headers/0',
    },
    { spec: { text: glue('gh', 'p_', 'a'.repeat(36)) }, what: 'an access token in /text' },
    {
      spec: { text: glue('ey', 'Jhbbbbbbbbbbbb', '.ey', 'Jzdcccccccccccc', '.dddd') },
      what: 'a signed token in /text',
    },
    {
      spec: { url: glue('https://hooks.sl', 'ack.com/services/T0/B0/xyz') },
      what: 'a chat webhook, which is a key by itself in /url',
    },
  ])('$what is found', ({ spec, what }) => {
    const found = findingsOf(noPlainSecrets, aPolicyInput({ resources: [aResource(address, { spec })] }));
    expect(found).toEqual([`error ${address}: ${address} holds ${what}.`]);
    for (const value of ['hunter2', 'x1', '0a1b2c3d4e5f']) expect(found.join()).not.toContain(value);
  });

  it('the finding names the part that holds the value', () => {
    const parts = [{ name: 'team-ops', pointer: '/config/routes/0', derivation: [] }];
    const resource = aResource(address, { parts, spec: { config: { routes: [{ password: 'x1' }] } } });
    expect(noPlainSecrets.check(aPolicyInput({ resources: [resource] })).map(({ subject }) => subject)).toEqual([
      `${address}#team-ops`,
    ]);
  });
});

describe('in an item', () => {
  const position = { file: 'cmdb/items/pumps.csv', line: 4, column: 12 };
  const pump = anItem({
    id: 'pump-1',
    attributes: { password: 'hunter2' },
    fieldSources: { '/attributes/password': position },
  });
  const finding = 'pump-1 holds what its name says is a secret (password) in /attributes/password.';

  it('the finding stands at the cell, and its record is not told again', () => {
    const record = aResource('hq/cmdb-record/pump-1', { spec: { record: { attributes: { password: 'hunter2' } } } });
    expect(noPlainSecrets.check(aPolicyInput({ items: [pump], resources: [record] }))).toEqual([
      { subject: 'pump-1', item: 'pump-1', message: finding, position },
    ]);
  });

  it('what is no secret can be waived', () => {
    const terms = { reason: 'Printed on the nameplate of the pump.', approver: 'ops-lead', until: '2027-03-31' };
    const stacks = [aStack('hq').waive(items.where({ id: 'pump-1' }), noPlainSecrets, terms)];
    expect(findingsOf(noPlainSecrets, aPolicyInput({ items: [pump], stacks }))).toEqual([
      `notice pump-1: ${finding} Waived by ops-lead until 2027-03-31: Printed on the nameplate of the pump.`,
    ]);
  });
});
