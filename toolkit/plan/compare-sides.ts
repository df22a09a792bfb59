import type { AppliedResource, FieldChange, JsonObject, Resource, ResourceTypeDefinition } from '../model/index.ts';
import { jsonEquals, replacingPointers } from '../model/index.ts';
import { diffFields } from './diff-fields.ts';
import { effectiveSpec } from './effective-spec.ts';
import { valueAt } from './json-pointer.ts';
import { maskSecrets } from './secret-mask.ts';

/** The three sides of one object in canonical form, and how they differ. What is ignored differs nowhere. */
export interface ComparedSides {
  /** What would be written. */
  readonly effective: JsonObject;
  readonly applied: JsonObject;
  readonly observed: JsonObject;
  /** Observed against effective: what a write would change. */
  readonly toWrite: readonly FieldChange[];
  /** Last applied against desired: what the declaration changed. */
  readonly intended: readonly FieldChange[];
  /** Last applied against observed: what was changed outside. */
  readonly drifted: readonly FieldChange[];
}

export function compareSides(
  type: ResourceTypeDefinition,
  desired: Resource,
  record: AppliedResource,
  seen: JsonObject,
): ComparedSides {
  const { ignore } = desired.lifecycle;
  const declared = type.canonical(desired.spec);
  const applied = type.canonical(record.spec);
  const observed = type.canonical(maskSecrets(seen, [declared, applied]));
  const effective = effectiveOf(type, declared, observed, ignore);
  return {
    effective,
    applied,
    observed,
    toWrite: diffSpecs(type, observed, effective),
    intended: diffSpecs(type, applied, effectiveSpec(declared, applied, ignore)),
    drifted: diffSpecs(type, effectiveSpec(withoutPlain(type, applied, declared), observed, ignore), observed),
  };
}

/** What was applied as plain text and is declared as a secret now is masked where it was seen, so it has to be here too. */
function withoutPlain(type: ResourceTypeDefinition, applied: JsonObject, declared: JsonObject): JsonObject {
  const masked = maskSecrets(applied, [declared]);
  return masked === applied ? applied : type.canonical(masked);
}

/** The same with nothing applied before: what is there against what is declared. */
export function compareWithDeclared(type: ResourceTypeDefinition, desired: Resource, seen: JsonObject) {
  const declared = type.canonical(desired.spec);
  const observed = type.canonical(maskSecrets(seen, [declared]));
  const effective = effectiveOf(type, declared, observed, desired.lifecycle.ignore);
  return { effective, observed, toWrite: diffSpecs(type, observed, effective) };
}

/** The same with nothing declared any more. */
export function compareWithApplied(type: ResourceTypeDefinition, record: AppliedResource, seen: JsonObject) {
  const applied = type.canonical(record.spec);
  const observed = type.canonical(maskSecrets(seen, [applied]));
  const expected = effectiveSpec(applied, observed, record.lifecycle.ignore);
  return { observed, drifted: diffSpecs(type, expected, observed) };
}

/** What is written without a comparison; what is ignored is carried over from `former`, if there is one. */
export function specToWriteWhole(
  type: ResourceTypeDefinition,
  desired: Resource,
  former: JsonObject | null,
): JsonObject {
  return effectiveOf(type, type.canonical(desired.spec), former, desired.lifecycle.ignore);
}

/** Fields among the type's `replaceOn` in which the two specs differ. */
export function forcingFields(
  type: ResourceTypeDefinition,
  before: JsonObject,
  after: JsonObject,
): readonly FieldChange[] {
  return replacingPointers(type, before, after)
    .map((pointer) => fieldAt(pointer, before, after))
    .filter((field) => !jsonEquals(field.before, field.after));
}

function fieldAt(pointer: string, before: JsonObject, after: JsonObject): FieldChange {
  const [from, to] = [valueAt(before, pointer), valueAt(after, pointer)];
  return { pointer, ...(from === undefined ? {} : { before: from }), ...(to === undefined ? {} : { after: to }) };
}

function effectiveOf(
  type: ResourceTypeDefinition,
  declared: JsonObject,
  observed: JsonObject | null,
  ignore: readonly string[],
): JsonObject {
  const effective = effectiveSpec(declared, observed, ignore);
  // What was carried over may stand where the type would put it elsewhere, as in a sorted list.
  return effective === declared ? declared : type.canonical(effective);
}

export function diffSpecs(type: ResourceTypeDefinition, before: JsonObject, after: JsonObject): readonly FieldChange[] {
  if (jsonEquals(before, after)) return [];
  return type.diff ? type.diff(before, after) : diffFields(before, after);
}
