import { expect, it } from 'vitest';
import { aResource } from '../testing/policy-input.ts';
import { partAt } from './part-at.ts';

const parts = ['/config/routes/1', '/config/routes/10', '/config/routes/1/routes/0'].map((pointer) => ({
  name: pointer.slice(8),
  pointer,
  derivation: [],
}));
const resource = aResource('hq/alertmanager-config/main', { parts });

it.each([
  { pointer: '/config/routes/1', subject: 'hq/alertmanager-config/main#routes/1' },
  { pointer: '/config/routes/1/receiver', subject: 'hq/alertmanager-config/main#routes/1' },
  { pointer: '/config/routes/1/routes/0/receiver', subject: 'hq/alertmanager-config/main#routes/1/routes/0' },
  { pointer: '/config/routes/10/receiver', subject: 'hq/alertmanager-config/main#routes/10' },
  { pointer: '/config/receivers/1', subject: 'hq/alertmanager-config/main' },
  { pointer: '', subject: 'hq/alertmanager-config/main' },
])('$pointer is about $subject', ({ pointer, subject }) => {
  expect(partAt(resource, pointer)).toBe(subject);
});
