import type { Change, FieldChange, JsonObject } from '../model/index.ts';
import { fieldLabel, nameList } from './field-label.ts';
import type { PlannedChange } from './plan.ts';

/*
 * The sentence of each kind of change, for the person who approves it: what happens and why, exactly. `target` is the
 * name of the real system.
 */

export function explainCreate(target: string): string {
  return `It is declared, and ${target} does not have it yet.`;
}

export function explainVanished(target: string): string {
  return `It was applied before and is gone from ${target}, so it is made again as declared.`;
}

export interface UpdateReasons {
  readonly target: string;
  readonly observed: JsonObject;
  readonly applied: JsonObject;
  readonly effective: JsonObject;
  readonly toWrite: readonly FieldChange[];
  readonly intended: readonly FieldChange[];
  readonly drifted: readonly FieldChange[];
}

/** Names the fields that the declaration changed, those changed outside that go back, and those that already fit. */
export function explainUpdate(reasons: UpdateReasons): string {
  const { target, applied, observed, effective } = reasons;
  const written = labels(reasons.toWrite, observed, effective);
  const intended = labels(reasons.intended, applied, effective);
  const drifted = Map.groupBy(labels(reasons.drifted, applied, observed), (label) =>
    written.some((other) => isSameOrWithin(label, other)) ? 'back' : 'kept',
  );
  const { back = [], kept = [] } = Object.fromEntries(drifted);
  const parts = [
    intended.length > 0 ? `the declaration changed ${nameList(intended)}` : '',
    back.length > 0 ? `${outside} changed ${nameList(back)} in ${target}, which will be as declared again` : '',
    kept.length > 0 ? `${outside} changed ${nameList(kept)} in ${target} to what is declared now` : '',
  ];
  const sentence = parts.filter((part) => part !== '').join('; ');
  return `${capitalised(sentence === '' ? `${target} differs from what is declared` : sentence)}.`;
}

const outside = 'something other than opsctl';

/** By label and not by pointer: after an insert by hand one pointer is two elements on two sides, their names are not. */
function isSameOrWithin(one: string, other: string): boolean {
  const [outer, inner] = one.length < other.length ? [one, other] : [other, one];
  return inner.startsWith(outer) && ['', '.', '['].includes(inner.charAt(outer.length));
}

export function explainDrift(target: string, fields: readonly string[]): string {
  return `${capitalised(outside)} changed ${nameList(fields)} in ${target}.`;
}

export function explainMalformed(target: string, reason: string): string {
  return `What ${target} has cannot be read (${reason}), so it is written whole; the former content cannot be put back.`;
}

export function explainRotation(references: readonly string[]): string {
  const subject =
    references.length === 1 ? `The value of ${references[0]} has` : `The values of ${nameList(references)} have`;
  return `${subject} changed since it was written; the former value is not kept, so this cannot be undone here.`;
}

export function explainReplace(forcedBy: readonly FieldChange[], observed: JsonObject, effective: JsonObject): string {
  const fields = nameList(labels(forcedBy, observed, effective));
  return `The object is removed and made again, because ${fields} cannot be changed in place.`;
}

/** `from` and `to` are places of one target. */
export function explainMove(
  { change, applied }: Pick<PlannedChange, 'change' | 'applied'>,
  move: { readonly target: string; readonly from: string; readonly to: string },
): string {
  const before = applied?.lifecycle.protect ?? false;
  const after = 'desired' in change ? change.desired.lifecycle.protect : before;
  return whatMoves(change.action, move) + explainProtection(before, after);
}

function whatMoves(
  action: Change['action'],
  { target, from, to }: { readonly target: string; readonly from: string; readonly to: string },
): string {
  const moved = `${target} moved from ${from} to ${to}`;
  switch (action) {
    case 'create':
      return `${capitalised(moved)}, which does not have it yet; what was applied to ${from} stays there.`;
    case 'no-op':
      return `${capitalised(moved)}, which has it as declared already; what was applied to ${from} stays there.`;
    case 'forget':
    case 'delete':
      return `It is no longer declared. ${capitalised(moved)}; what was applied to ${from} stays there.`;
    case 'update':
    case 'replace':
    case 'adopt':
      return `${capitalised(moved)}, where something else is in its place, which will be as declared; what was applied to ${from} stays there.`;
    default:
      return action satisfies never;
  }
}

export function explainTargetChange(from: string, to: string): string {
  return `Its target is now ${to}, so it is removed from ${from} and made there.`;
}

export function explainDelete(target: string): string {
  return `This plan is without it, so it is removed from ${target}.`;
}

export function explainRetained(target: string): string {
  return `It is no longer declared and says retainOnDelete: the object stays in ${target} and only its record is dropped.`;
}

export function explainGone(target: string): string {
  return `It is no longer declared, and ${target} does not have it any more; only its record is dropped.`;
}

export function explainAdopt(target: string, differences: readonly string[]): string {
  return differences.length === 0
    ? `${target} already has it exactly as declared; it is taken over without a write.`
    : `${target} already has it and it is to be taken over; ${nameList(differences)} will be as declared.`;
}

export function explainTakeOver(held: readonly string[]): string {
  return `Somebody else holds ${nameList(held)}; these fields are taken over and will be as declared.`;
}

export function explainAlreadyInPlace(target: string, drifted: readonly string[]): string {
  const what = drifted.length === 0 ? `made it in ${target} as` : `changed ${nameList(drifted)} in ${target} to what`;
  return `${capitalised(outside)} ${what} is declared now; nothing is written, only recorded.`;
}

export function explainRename(former: string): string {
  return `It was called ${former}; the object stays as it is and only its record moves.`;
}

export function explainRecord(fields: readonly string[]): string {
  return `The object stays as it is; only its record changes: ${nameList(fields)}.`;
}

export const unchangedExplanation = 'It is as declared; a change after it waits for one before it.';

/** What happens to protection is said whatever else a change is about: the next plan can do more, or less. */
export function explainProtection(before: boolean, after: boolean): string {
  if (before === after) return '';
  return after ? ' It is protected from now on.' : ' Its protection is lifted.';
}

/** Some names and how many more: see `nameList`. */
export const names = nameList;

export function labels(fields: readonly FieldChange[], before: JsonObject, after: JsonObject): readonly string[] {
  return fields.map((field) => fieldLabel(field, before, after));
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
