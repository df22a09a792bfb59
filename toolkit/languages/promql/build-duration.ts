import {
  type Build,
  durationMs,
  isDurationLiteral,
  literalValue,
  refuse,
  refuseIfOff,
  refuseTooLong,
} from './build-context.ts';
import { isTooLong } from './duration.ts';
import type { Duration, Span } from './expression.ts';
import { isOldest } from './versions.ts';
import { eachChild, type TreeCursor } from './walk-tree.ts';

/** A duration in brackets, or after `offset`, which alone may be negative or, in Prometheus 3, nothing. */
export function buildDuration(build: Build, cursor: TreeCursor): Duration {
  const { from, to, name } = cursor;
  const span = { from, to };
  const ms = fixedMs(build, cursor, true);
  if (ms === null) {
    refuseIfOff(build, 'a duration that is computed', 'duration-expressions', span);
    return { kind: 'computed', text: build.text.slice(from, to).replaceAll(/\s+/g, ' ') };
  }
  const isOffset = name === 'OffsetDurationExpr';
  if (isTooLong(ms)) refuseTooLong(build, build.text.slice(from, to), span);
  else if (isOffset ? ms === 0 && isOldest(build.dialect) : ms <= 0) refuseEmpty(build, span);
  return { kind: 'fixed', ms };
}

/** Null when it is made of more than signs and one number. */
function fixedMs(build: Build, cursor: TreeCursor, isWhole: boolean): number | null {
  let ms: number | null = null;
  let factor = 1;
  let isFixed = true;
  const { name } = cursor;
  eachChild(cursor, (child) => {
    if (child.name === 'UnaryOp') factor = signFactor(build, child, isWhole);
    else if (child.name === 'NumberDurationLiteralInDurationContext') ms = literalMs(build, child);
    else if (child.name === name && factorWasRead(build, child)) ms = fixedMs(build, child, false);
    else isFixed = false;
  });
  return isFixed && ms !== null ? factor * ms : null;
}

function signFactor({ text, problems, dialect }: Build, { from, to }: TreeCursor, isFirst: boolean): number {
  const sign = text.slice(from, to);
  if (isOldest(dialect) && (sign === '+' || !isFirst)) {
    const sentence = 'Prometheus 2.42 reads one sign before an offset, and only -.';
    refuse(
      { problems },
      'syntax',
      sentence,
      { from, to },
      { expected: 'a duration, or - and a duration', found: sign },
    );
  }
  return sign === '-' ? -1 : 1;
}

/** `-(5m)` and `(5m)` are computed, `-5m` is not: only a sign may stand before what is inside. */
function factorWasRead({ text }: Build, { from }: TreeCursor): boolean {
  return /[-+]\s*$/.test(text.slice(Math.max(0, from - 20), from));
}

function literalMs(build: Build, { from, to }: TreeCursor): number {
  const span: Span = { from, to };
  const literal = build.text.slice(from, to);
  if (isDurationLiteral(literal)) return durationMs(build, literal, span);
  if (isOldest(build.dialect)) {
    const values = { expected: `${literal}s`, found: literal };
    refuse(
      build,
      'duration',
      `The duration ${literal} has no unit, which Prometheus 2.42 does not read.`,
      span,
      values,
    );
  }
  return literalValue(build, literal, span) * 1000;
}

function refuseEmpty(build: Build, span: Span): void {
  const found = build.text.slice(span.from, span.to);
  const values = { expected: 'a duration greater than 0', found };
  refuse(build, 'duration', `The duration ${found} is not greater than 0.`, span, values);
}
