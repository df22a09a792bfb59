import { readDuration } from './duration.ts';
import type { Span } from './expression.ts';
import { readNumber } from './number-literal.ts';
import type { PromqlProblem, PromqlProblemCode } from './problem.ts';
import { type Dialect, isOldest, type PromqlFeature } from './versions.ts';

/** What is known while an expression is built from the tree of the grammar. */
export interface Build {
  readonly text: string;
  readonly dialect: Dialect;
  readonly problems: PromqlProblem[];
  readonly maxDepth: number;
  isTooDeep: boolean;
}

export function refuse(
  { problems }: Pick<Build, 'problems'>,
  code: PromqlProblemCode,
  text: string,
  span: Span,
  values: { readonly expected?: string; readonly found?: string } = {},
): void {
  problems.push({ code, text, span, ...values });
}

/** Newer than the oldest release that is judged. */
export function refuseIfOld(build: Build, what: string, span: Span): void {
  if (isOldest(build.dialect)) refuse(build, 'not-in-version', `Prometheus 2.42 does not read ${what} yet.`, span);
}

export function refuseIfOff(build: Build, what: string, feature: PromqlFeature, span: Span): void {
  if (isOldest(build.dialect)) refuseIfOld(build, what, span);
  else if (!build.dialect.features.includes(feature))
    refuse(build, 'not-in-version', `Only --enable-feature=promql-${feature} makes Prometheus read ${what}.`, span);
}

export function isDurationLiteral(literal: string): boolean {
  return /^\d+[smhdwy]/.test(literal);
}

/** What follows the sign of a literal; spaces and comments may stand between. */
export function unsigned(literal: string): string {
  return /(?:[\d.][\d._]*[eE][-+][\d_]+|[\w.]+)$/.exec(literal)?.[0] ?? '';
}

/** A number, or a duration as its seconds. */
export function literalValue(build: Build, literal: string, span: Span): number {
  if (isDurationLiteral(literal)) {
    refuseIfOld(build, 'a duration as a number', span);
    return durationMs(build, literal, span) / 1000;
  }
  const value = readNumber(literal);
  if (value === null) refuse(build, 'syntax', `${literal} is more than a number can hold.`, span, { found: literal });
  return value ?? 0;
}

export function durationMs(build: Build, literal: string, span: Span): number {
  const ms = readDuration(literal);
  if (ms === null) refuseTooLong(build, literal, span);
  return ms ?? 0;
}

export function refuseTooLong(build: Build, literal: string, span: Span): void {
  const text = `The duration ${literal} is longer than Prometheus can hold.`;
  refuse(build, 'duration', text, span, { expected: 'at most 292 years', found: literal });
}
