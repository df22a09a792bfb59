import type { JsonObject, Observation, ResourceTypeDefinition } from '../model/index.ts';
import { diffSpecs } from './compare-sides.ts';
import { effectiveSpec } from './effective-spec.ts';
import type { PlannedChange } from './plan.ts';
import { maskSecrets } from './secret-mask.ts';

/**
 * True when the object still is as the plan saw it, so that carrying out the change is what was approved. What is
 * ignored may have moved. An object to be removed that is gone already has not moved away from the plan.
 */
export function isAsPlanned(planned: PlannedChange, seen: Observation, type: ResourceTypeDefinition): boolean {
  const { change } = planned;
  switch (change.action) {
    case 'create':
      return seen.state === 'absent';
    case 'update':
    case 'replace':
    case 'adopt':
      if (change.observed.malformed !== undefined) return seen.state === 'malformed';
      return looksLike(change.observed.spec, planned, seen, type);
    case 'delete':
      if (seen.state === 'absent') return true;
      if (change.observed.malformed !== undefined) return seen.state === 'malformed';
      return looksLike(change.observed.spec, planned, seen, type);
    case 'no-op':
      return planned.cause.kind === 'unchanged' || looksLike(change.desired.spec, planned, seen, type);
    case 'forget':
      return true;
    default:
      return change satisfies never;
  }
}

function looksLike(
  spec: JsonObject,
  { change, applied }: PlannedChange,
  seen: Observation,
  type: ResourceTypeDefinition,
): boolean {
  if (seen.state !== 'present') return false;
  const desired = 'desired' in change ? change.desired : null;
  const declared = [desired?.spec, applied?.spec].filter((side) => side !== undefined);
  const observed = type.canonical(maskSecrets(seen.spec, declared));
  const ignore = (desired ?? applied)?.lifecycle.ignore ?? [];
  return diffSpecs(type, effectiveSpec(type.canonical(spec), observed, ignore), observed).length === 0;
}
