export { type CheckedItems, type CheckRequest, type ClassSchema, checkItems } from './check-items.ts';
export { generateIds } from './generate-ids.ts';
export type { RawItem } from './raw-item.ts';
export { type InventoryFile, type RawInventories, readInventories } from './read-inventories.ts';
