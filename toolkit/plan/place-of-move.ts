import type { Diagnostic } from '../diagnostics/index.ts';
import { type AppliedResource, type JsonObject, jsonEquals, type Resource } from '../model/index.ts';
import { compareWithDeclared } from './compare-sides.ts';
import { type Known, occurrenceOf } from './decision.ts';
import { planDiagnostics } from './plan-diagnostics.ts';

/**
 * What stands where the object is about to move: nothing that matters, the object itself when the place did not change
 * after all, what is declared already (a run was cut off between making and recording it), or something of somebody's.
 */
export function placeOfMove(
  desired: Resource,
  record: AppliedResource,
  known: Known,
  effective: JsonObject,
): 'free' | 'as-desired' | 'taken' {
  const { destination, seen, type } = known;
  if (destination === undefined || destination.state === 'absent' || destination.state === 'unasked') return 'free';
  if (destination.state !== 'present') return 'taken';
  const { toWrite } = compareWithDeclared(type, { ...desired, spec: effective }, destination.spec);
  if (toWrite.length === 0) return 'as-desired';
  const isItself =
    desired.target === record.target && seen.state === 'present' && jsonEquals(destination.spec, seen.spec);
  return isItself ? 'free' : 'taken';
}

export function placeTaken(desired: Resource): Diagnostic {
  const facts = { address: desired.address, target: desired.target };
  return planDiagnostics.create('place-taken', facts, occurrenceOf(desired));
}
