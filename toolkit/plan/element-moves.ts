import { canonicalJson, type FieldChange } from '../model/index.ts';

/** An element of a list that went from one place and came to another as it was. Places count from one. */
export interface ElementMove {
  readonly from: FieldChange;
  readonly fromPlace: number;
  readonly toPlace: number;
}

/** By the field that tells of its arrival. */
export function elementMoves(fields: readonly FieldChange[]): ReadonlyMap<FieldChange, ElementMove> {
  const gone = new Map(fields.filter(({ after }) => after === undefined).map((field) => [keyOf(field), field]));
  const moves = new Map<FieldChange, ElementMove>();
  for (const to of fields) {
    const from = to.before === undefined ? gone.get(keyOf(to)) : undefined;
    if (from === undefined) continue;
    gone.delete(keyOf(to));
    moves.set(to, { from, fromPlace: placeOf(from), toPlace: placeOf(to) });
  }
  return moves;
}

/** Equal for equal elements of one list, which is named by the pointer without its last step. */
function keyOf({ pointer, before, after }: FieldChange): string {
  const at = pointer.lastIndexOf('/');
  const isElement = /^\d+$/.test(pointer.slice(at + 1));
  return isElement ? `${pointer.slice(0, at)} ${canonicalJson(after ?? before ?? null)}` : pointer;
}

function placeOf({ pointer }: FieldChange): number {
  return Number(pointer.slice(pointer.lastIndexOf('/') + 1)) + 1;
}
