import { expect, it } from 'vitest';
import { mayNameSecrets, nameNoSecrets, secretReferencesIn } from './secret.ts';

it.each([
  { json: '{"url":"https://duty.example"}', may: false },
  { json: '{"url":{"$secret":"env:DUTY"}}', may: true },
  { json: '{"url":{"\\u0024secret":"env:DUTY"}}', may: true },
  { json: '{"text":"says $secret"}', may: true },
])('$json may name a secret: $may', ({ json, may }) => {
  expect(mayNameSecrets(Buffer.from(json))).toBe(may);
});

it('finds every reference once, in the order of the document', () => {
  const spec = { a: [{ $secret: 'env:A' }, { $secret: 'file:b' }], c: { d: { $secret: 'env:A' } } };
  expect(secretReferencesIn(spec)).toEqual(['env:A', 'file:b']);
});

it('does not search what is known to name none', () => {
  const spec = { a: { $secret: 'env:A' } };
  nameNoSecrets([spec, 'text', null]);
  expect(secretReferencesIn(spec)).toEqual([]);
});
