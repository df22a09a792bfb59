export { type CheckedItems, type ClassSchema, checkItems } from './check-items.ts';
export { generateIds } from './generate-ids.ts';
export { readInventories } from './read-inventories.ts';
