import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import { decodeSpec, encodeSpec } from './encode-spec.ts';

const names = fc.oneof(
  fc.string(),
  fc.constantFrom('$null', '$$null', '$secret', '__provider', '4dabf18193072939515e22adb298388d'),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4 }),
  ),
}));

it('a spec is the same again after it was a property of a resource', () => {
  fc.assert(
    fc.property(fc.dictionary(names, value), (spec) => {
      expect(decodeSpec(encodeSpec(spec as JsonObject))).toEqual(spec);
    }),
  );
});

it('nothing that Pulumi would drop or take for something else is left in it', () => {
  fc.assert(
    fc.property(fc.dictionary(names, value), (spec) => {
      const found = [...partsOf(encodeSpec(spec as JsonObject))];
      expect(found.filter((part) => part === null || part.startsWith('__') || part === signature)).toEqual([]);
    }),
  );
});

const signature = '4dabf18193072939515e22adb298388d';

/** The names of all fields, and null for each value that is null. */
function* partsOf(json: JsonValue): Iterable<string | null> {
  if (json === null) yield null;
  if (typeof json !== 'object' || json === null) return;
  if (!Array.isArray(json)) yield* Object.keys(json);
  for (const child of Object.values(json)) yield* partsOf(child as JsonValue);
}
