import fc from 'fast-check';
import { expect, it } from 'vitest';
import { searchMisfits } from './find-misfits.ts';
import { fits } from './fits-shape.ts';
import {
  type FieldsShape,
  fieldsOf,
  listOf,
  maybe,
  maybeDefined,
  oneOf,
  recordOf,
  type Shape,
  someText,
  value,
} from './shape.ts';

const part = fieldsOf<{ id: string; size?: number; note?: string }>({
  id: someText,
  size: maybe(value('a number', (given) => typeof given === 'number')),
  note: maybeDefined(someText),
});
const choice: FieldsShape = {
  ...fieldsOf<{ a?: string; b?: string }>({ a: maybe(someText), b: maybe(someText) }),
  isChoice: true,
};
const open: FieldsShape = { ...part, isOpen: true };
const kinds: Shape = { kind: 'variants', by: 'id', of: { a: part, b: open }, expected: 'a kind' };
const shapes: readonly Shape[] = [
  someText,
  oneOf(['a', 'b']),
  part,
  open,
  choice,
  kinds,
  { ...part, isMade: true },
  listOf(part),
  recordOf(kinds),
  { kind: 'branch', choose: (given) => (Array.isArray(given) ? listOf(choice) : part) },
];

const text = fc.constantFrom('a', 'b', '', 'c');
const leaf = fc.oneof(text, fc.constantFrom(undefined, null, 1, true));
const object = fc.record({ id: leaf, size: leaf, note: leaf, a: leaf, b: leaf, other: leaf }, { requiredKeys: [] });
const any = fc.oneof(leaf, object, fc.array(object), fc.dictionary(text, object));

it('a value fits where nothing is found that does not, and only there', () => {
  fc.assert(
    fc.property(fc.constantFrom(...shapes), any, (shape, given) => {
      expect(fits(shape, given)).toBe(searchMisfits(shape, given).length === 0);
    }),
    { numRuns: 5000 },
  );
});

it('a hole in a list is a missing entry', () => {
  const holed: unknown[] = [];
  holed[1] = { id: 'a' };
  expect(fits(listOf(part), holed)).toBe(false);
});
