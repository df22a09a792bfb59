import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/index.ts';
import { lacksSecret, maskSecrets, unmatchedSecret } from './secret-mask.ts';

const secret = { $secret: 'env:TOKEN' };

describe('masking what a target holds', () => {
  it.each<{ name: string; observed: JsonObject; declared: JsonObject; masked: JsonObject }>([
    { name: 'nothing where no secret is declared', observed: { a: 'x' }, declared: { a: 'y' }, masked: { a: 'x' } },
    {
      name: 'a plain value where a secret stands',
      observed: { a: 'plain' },
      declared: { a: secret },
      masked: { a: unmatchedSecret },
    },
    {
      name: 'a whole object where a secret stands',
      observed: { a: { b: 'plain' } },
      declared: { a: secret },
      masked: { a: unmatchedSecret },
    },
    {
      name: 'not a reference that the provider put back',
      observed: { a: secret },
      declared: { a: secret },
      masked: { a: secret },
    },
    {
      name: 'an element inserted by hand',
      observed: { list: [{ url: 'plain 1' }, { url: 'plain 2' }] },
      declared: { list: [{ url: secret }] },
      masked: { list: [{ url: unmatchedSecret }, { url: unmatchedSecret }] },
    },
    {
      name: 'only below the same keys',
      observed: { a: 'x', b: { a: 'plain' } },
      declared: { b: { a: secret } },
      masked: { a: 'x', b: { a: unmatchedSecret } },
    },
    {
      name: 'no list for a key that is a star',
      observed: { a: ['x'] },
      declared: { a: { '*': secret } },
      masked: { a: ['x'] },
    },
  ])('$name', ({ observed, declared, masked }) => {
    expect(maskSecrets(observed, [{}, declared])).toEqual(masked);
  });

  it('is seen afterwards', () => {
    expect([{ a: secret }, { a: [unmatchedSecret] }].map(lacksSecret)).toEqual([false, true]);
  });
});
