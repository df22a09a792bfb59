import type { JsonObject } from '../model/index.ts';
import type { PlannedChange } from './plan.ts';

/** Both specs of a change, as they are and as they will be; nothing where a side is absent. */
export function specsOf({ change }: Pick<PlannedChange, 'change'>): readonly [JsonObject, JsonObject] {
  switch (change.action) {
    case 'create':
    case 'no-op':
      return [{}, change.desired.spec];
    case 'update':
    case 'replace':
    case 'adopt':
      return [change.observed.spec, change.desired.spec];
    case 'delete':
      return [change.observed.spec, {}];
    case 'forget':
      return [change.applied.spec, {}];
    default:
      return change satisfies never;
  }
}
