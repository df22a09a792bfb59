import { objectClass } from './class-shapes.ts';
import { anything, fieldsOf, listOf, maybe } from './shape.ts';

// What the fields of items hold is checked with those of YAML and CSV, by one and the same code.

const itemFields = {
  id: anything,
  title: maybe(anything),
  site: anything,
  owner: anything,
  tenant: maybe(anything),
  criticality: maybe(anything),
  stage: maybe(anything),
  supplier: maybe(anything),
  identity: maybe(anything),
  attributes: anything,
  relations: maybe(anything),
};

export const itemsShape = fieldsOf<{ class: unknown; items: unknown }>({
  class: objectClass,
  items: listOf(fieldsOf<Record<keyof typeof itemFields, unknown>>(itemFields as never)),
});
