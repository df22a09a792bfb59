import { aPolicyInput, aResource, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { loopbackOrTls } from './loopback-or-tls.ts';

it.each([
  { url: 'https://chat.example/hook?key=abc', origin: null },
  { url: 'http://127.0.0.1:8080/hook', origin: null },
  { url: 'http://localhost/hook', origin: null },
  { url: 'http://[::1]:8080/', origin: null },
  { url: { $secret: 'env:CHAT_URL' }, origin: null },
  { url: 'http://chat.example/hook?key=abc', origin: 'http://chat.example' },
  { url: 'HTTP://chat.example:8080', origin: 'http://chat.example' },
  { url: 'http://user:word@chat.example/hook', origin: 'http://chat.example' },
  { url: 'http://127.0.0.1.example/hook', origin: 'http://127.0.0.1.example' },
  { url: 'http://localhost.example/hook', origin: 'http://localhost.example' },
])('$url gives $origin away', ({ url, origin }) => {
  const receivers = [
    { name: 'ops-critical', webhook_configs: [{ url }] },
    { name: 'ops-warning', webhook_configs: [{ url }] },
    { name: 'nobody' },
  ];
  const resources = [aResource('hq/alertmanager-config/main', { spec: { config: { route: {}, receivers } } })];
  const finding = `warning hq/alertmanager-config/main: ops-critical, ops-warning would be told through ${origin}, in clear text.`;
  expect(findingsOf(loopbackOrTls, aPolicyInput({ resources }))).toEqual(origin === null ? [] : [finding]);
});
