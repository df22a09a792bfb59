import { type Address, type AppliedResource, addressFields } from '../model/index.ts';
import type { Decision } from './decision.ts';
import * as explain from './explanations.ts';
import type { Brake, MovedTarget } from './plan.ts';

/** A move with what would be left behind by it: recorded objects that are not at the new place as they were applied. */
export interface SettledMove {
  readonly move: MovedTarget;
  readonly left: readonly Address[];
}

export interface SettledMoves {
  readonly decisions: readonly Decision[];
  readonly moves: readonly SettledMove[];
}

/**
 * A target that answers from another place than it was applied to has not lost its objects: they lie where they were.
 * Nobody is blamed for that as drift, and nothing is made anew until somebody has said what becomes of the former ones. A
 * target whose objects came along is as applied, and needs no word.
 */
export function settleMoves(decisions: readonly Decision[], moved: readonly MovedTarget[]): SettledMoves {
  const moveOf = ({ pair, drift }: Decision) =>
    pair.record === null || drift === null ? undefined : moved.find((move) => isIn(pair.record, move));
  const moves = moved.map((move) => ({
    move,
    left: decisions.filter((decision) => moveOf(decision) === move).map(({ pair }) => pair.address),
  }));
  return {
    decisions: decisions.map((decision) => {
      const move = moveOf(decision);
      return move === undefined ? decision : explainMove(decision, move);
    }),
    moves: moves.filter(({ left }) => left.length > 0),
  };
}

/** Of the moves that this plan would make final, those that nobody reviewed, and those that it would make by halves. */
export function brakesOfMoves(
  moves: readonly SettledMove[],
  changed: ReadonlySet<Address>,
  owed: ReadonlySet<Address>,
): readonly Brake[] {
  return moves.flatMap(({ move, left }) => {
    if (!left.some((address) => changed.has(address))) return [];
    const isHalf = left.some((address) => owed.has(address));
    return move.isReviewed && !isHalf ? [] : [brakeOf(move, left)];
  });
}

function isIn(record: AppliedResource | null, { stack, target }: MovedTarget): boolean {
  return record !== null && addressFields(record.address).stack === stack && record.target === target;
}

/** Where the move was reviewed nothing is amiss; until then the object is told as missing, and why. */
function explainMove(decision: Decision, move: MovedTarget): Decision {
  const { change, drift } = decision;
  const detail = `${move.target} moved from ${move.from} to ${move.to}, where it is not as applied.`;
  const told = move.isReviewed || drift === null ? null : { ...drift, detail };
  if (change === null) return { ...decision, drift: told };
  const { from, to } = move;
  const isMadeAnew = change.change.action !== 'forget' && change.change.action !== 'delete';
  const cause = isMadeAnew ? ({ kind: 'target-moved', from, to } as const) : change.cause;
  return { ...decision, drift: told, change: { ...change, cause, explanation: explain.explainMove(change, move) } };
}

function brakeOf({ stack, target, from, to, isReviewed }: MovedTarget, left: readonly Address[]): Brake {
  const objects = left.length === 1 ? '1 object' : `${left.length} objects`;
  return {
    kind: 'target-moved',
    stack,
    addresses: [...left].sort(),
    detail: isReviewed
      ? `${target} of ${stack} moved from ${from} to ${to}, and the selection leaves out a part of its ${objects}, of which nobody would know any more where they are.`
      : `${target} of ${stack} was applied to ${from} and is bound to ${to} now; ${objects} would be left behind at the former place.`,
    lift: isReviewed
      ? `Plan all of ${target} of ${stack} at once: without --target and --exclude.`
      : `Bind it as before to clear the former place first, or plan with \`--target-moved ${stack}/${target}\` to leave what is there.`,
  };
}
