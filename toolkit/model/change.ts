import type { Address } from './address.ts';
import type { AppliedResource } from './applied.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Resource } from './resource.ts';

/**
 * One field that differs. `pointer` is a JSON pointer (RFC 6901) into the canonical spec `after`; where that has nothing
 * to point at, into `before`. An absent side is undefined.
 */
export interface FieldChange {
  readonly pointer: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** An object as its real system holds it now, in canonical form, secrets put back as references where they match. */
export interface ObservedResource {
  readonly address: Address;
  readonly type: string;
  readonly target: string;
  readonly spec: JsonObject;
  /** Why it could not be read; `spec` is then what was last applied or is declared, which says where it is. */
  readonly malformed?: string;
}

export type Action = Change['action'];

/** What is to be done about one object. A `delete` has no desired side, so nobody can read one. */
export type Change =
  | { readonly action: 'create'; readonly desired: Resource }
  | {
      readonly action: 'update';
      readonly desired: Resource;
      readonly observed: ObservedResource;
      readonly fields: readonly FieldChange[];
    }
  | {
      readonly action: 'replace';
      readonly desired: Resource;
      readonly observed: ObservedResource;
      readonly forcedBy: readonly FieldChange[];
    }
  | { readonly action: 'delete'; readonly observed: ObservedResource; readonly applied: AppliedResource }
  | {
      readonly action: 'adopt';
      readonly desired: Resource;
      readonly observed: ObservedResource;
      readonly fields: readonly FieldChange[];
    }
  | { readonly action: 'forget'; readonly applied: AppliedResource }
  | { readonly action: 'no-op'; readonly desired: Resource };

export function addressOfChange(change: Change): Address {
  switch (change.action) {
    case 'create':
    case 'update':
    case 'replace':
    case 'adopt':
    case 'no-op':
      return change.desired.address;
    case 'delete':
    case 'forget':
      return change.applied.address;
    default:
      return change satisfies never;
  }
}
