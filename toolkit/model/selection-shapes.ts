import { criticality, source } from './declared-words.ts';
import type { ItemCriteria, ItemSelection } from './item-selection.ts';
import type { ValueShape } from './shape.ts';
import { fieldsOf, made, maybeDefined, oneOf, recordOf, someText, value } from './shape.ts';

const someTexts = oneOrMore(someText);
const isScalar = (given: unknown) => ['string', 'number', 'boolean'].includes(typeof given);
const wantedAttribute = oneOrMore(value('a text, a number, true or false', isScalar));
export const classlessCriteria = {
  id: maybeDefined(someTexts),
  site: maybeDefined(someTexts),
  owner: maybeDefined(someTexts),
  tenant: maybeDefined(someTexts),
  criticality: maybeDefined(oneOrMore(criticality)),
  attributes: maybeDefined(recordOf(wantedAttribute)),
};

const criteria = fieldsOf<ItemCriteria>(
  { ...classlessCriteria, class: maybeDefined(someTexts) },
  'criteria such as { site: "plant-1", class: "host" }',
);

export const selection = made<ItemSelection>(
  { kind: oneOf(['item-selection']), criteria, source },
  'a selection of items: items.where({...}) or item("...")',
);

export const selectionShapes = { criteria, id: fieldsOf<{ id: string }>({ id: someText }) };

function oneOrMore(shape: ValueShape): ValueShape {
  const accepts = (given: unknown): boolean =>
    Array.isArray(given) ? given.length > 0 && Array.from(given).every(shape.accepts) : shape.accepts(given);
  return { ...shape, expected: `${shape.expected}, or a list of such`, accepts };
}
