import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeSecretData, encodeSecretData } from './secret-data.ts';

const secret = (fields: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' }, ...fields });

it('texts of a Secret are compared as texts, and bytes as they are', () => {
  const bytes = Buffer.from([0xff, 0x00]).toString('base64');
  const decoded = decodeSecretData(secret({ data: { user: 'Z2F0ZQ==', key: bytes }, stringData: { user: 'other' } }));
  expect(decoded).toEqual(secret({ data: { key: bytes }, stringData: { user: 'other' } }));
});

it('what is sent holds the same as what was read', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.uint8Array(), { minKeys: 1 }), (entries) => {
      const data = Object.fromEntries(
        Object.entries(entries).map(([key, bytes]) => [key, Buffer.from(bytes).toString('base64')]),
      );
      const once = decodeSecretData(secret({ data }));
      expect(encodeSecretData(once)).toEqual(secret({ data }));
      expect(decodeSecretData(once)).toEqual(once);
    }),
  );
});

it('an object of another kind is left alone', () => {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'Z2F0ZQ==' } };
  expect(decodeSecretData(configMap)).toBe(configMap);
});
