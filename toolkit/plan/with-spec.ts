import { type JsonObject, type JsonValue, jsonEquals, type Resource, type ResourcePart } from '../model/index.ts';
import { identityOf } from './element-identity.ts';
import { childPointer, valueAt } from './json-pointer.ts';

/**
 * The declared resource with the spec that will be written. The canonical form may sort a list, so each part is looked
 * for again: a pointer that was kept would name the neighbour.
 */
export function withSpec(desired: Resource, spec: JsonObject): Resource {
  if (spec === desired.spec) return desired;
  return { ...desired, spec, parts: desired.parts.map((part) => placePart(part, desired.spec, spec)) };
}

function placePart(part: ResourcePart, declared: JsonObject, spec: JsonObject): ResourcePart {
  const parent = part.pointer.slice(0, part.pointer.lastIndexOf('/'));
  const [element, list] = [valueAt(declared, part.pointer), valueAt(spec, parent)];
  if (element === undefined || !Array.isArray(list) || isThere(element, valueAt(spec, part.pointer))) return part;
  const index = list.findIndex((candidate) => isThere(element, candidate));
  return index < 0 ? part : { ...part, pointer: childPointer(parent, index) };
}

/** By name, where it has one: the canonical form may have left out a field. */
function isThere(element: JsonValue, candidate: JsonValue | undefined): boolean {
  if (candidate === undefined) return false;
  const [sought, found] = [identityOf(element), identityOf(candidate)];
  if (sought === null || found === null) return jsonEquals(element, candidate);
  return sought.key === found.key && sought.detail === found.detail;
}
