// Made by `opsctl generate` from cmdb/items/*.yaml and *.csv. Do not edit.
import { itemReference } from 'opsctl';

export type ItemId =
  // host
  | 'hq-mon-1'
  | 'hq-portal-1'
  | 'pe1-hist-1'
  | 'pe1-mes-1'
  | 'pe2-energy-1'
  | 'pe2-mes-1'
  | 'pw1-mes-1'
  | 're-mon-1'
  | 'rw-mon-1'
  // http-endpoint
  | 'group-portal'
  | 'pe1-mes-web'
  | 'pe2-energy-web'
  | 'pe2-mes-web'
  | 'pw1-mes-web'
  // tcp-service
  | 'pe1-historian';

export const item = itemReference<ItemId>();
