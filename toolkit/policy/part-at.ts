import { type Address, makePartAddress, type PartAddress, type Resource } from '../model/index.ts';

/** The part of a resource that holds what a JSON pointer names, or the resource itself: what a finding is about. */
export function partAt(resource: Resource, pointer: string): Address | PartAddress {
  let found: string | null = null;
  let length = 0;
  for (const part of resource.parts) {
    if (part.pointer.length <= length || !holds(part.pointer, pointer)) continue;
    found = part.name;
    length = part.pointer.length;
  }
  return found === null ? resource.address : makePartAddress(resource.address, found);
}

function holds(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}
