// Made by `opsctl generate` from cmdb/items/*.yaml and *.csv. Do not edit.
import { itemReference } from 'opsctl';

export type ItemId =
  | 'group-portal'
  | 'hq-mon-1'
  | 'pe1-hist-1'
  | 'pe1-historian'
  | 'pe1-mes-1'
  | 'pe2-energy-1';

export const item = itemReference<ItemId>();
