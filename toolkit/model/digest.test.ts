import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, digestOfText } from './digest.ts';
import { canonicalJson, type JsonValue } from './json.ts';

describe('a digest', () => {
  it('is that of the canonical text, though the text is never whole in memory', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(digestOf(value as JsonValue)).toBe(digestOfText(canonicalJson(value as JsonValue)));
      }),
    );
  });

  it('does not hang on the order of keys', () => {
    const keys = ['b', 'a', '10', '9', 'Ä', '一', '😀', '', '__proto__'];
    const objectOf = (names: readonly string[]) => JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:1`)}}`);
    expect(digestOf(objectOf(keys))).toBe(digestOf(objectOf(keys.toReversed())));
  });

  it('does not see a field that is undefined', () => {
    expect(digestOf({ a: 1, b: undefined as unknown as JsonValue })).toBe(digestOf({ a: 1 }));
  });
});
