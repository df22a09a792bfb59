import { expect, it } from 'vitest';
import { digestSecret, type JsonObject } from '../../model/index.ts';
import { resolveSecrets } from './resolve-secrets.ts';

const a = { $secret: 'env:A' };
const digest = digestSecret('salt', 'value of env:A');

it.each<{ name: string; spec: JsonObject; resolved: JsonObject; digests: Record<string, string> }>([
  { name: 'a spec without references stays as it is', spec: { url: 'x' }, resolved: { url: 'x' }, digests: {} },
  {
    name: 'references are exchanged wherever they stand',
    spec: { list: [{ url: a }, 1, null], deep: { er: { url: a } } },
    resolved: { list: [{ url: 'value of env:A' }, 1, null], deep: { er: { url: 'value of env:A' } } },
    digests: { 'env:A': digest },
  },
  { name: 'what only looks like one stays', spec: { $secret: 5 }, resolved: { $secret: 5 }, digests: {} },
])('$name', async ({ spec, resolved, digests }) => {
  const asked: string[] = [];
  const result = await resolveSecrets(spec, 'salt', async (reference) => {
    asked.push(reference);
    return `value of ${reference}`;
  });
  expect(result).toEqual({ spec: resolved, digests });
  expect(asked).toEqual(Object.keys(digests));
});

it('what cannot be resolved is told by whoever resolves', async () => {
  const failing = () => Promise.reject(new Error('The variable A is not set.'));
  await expect(resolveSecrets({ url: a }, 'salt', failing)).rejects.toThrow('The variable A is not set.');
});
