import { type Build, isDurationLiteral, literalValue, refuse, refuseIfOff, unsigned } from './build-context.ts';
import { buildDuration } from './build-duration.ts';
import type { Duration, Expression, Moment, RangeSelector, Selector, Span, Subquery } from './expression.ts';
import { now } from './expression.ts';
import { isOldest } from './versions.ts';
import type { TreeCursor } from './walk-tree.ts';

/** What follows an operand: a range, or the moment to look at. */
export type Postfix =
  | { readonly kind: 'range'; readonly range: Duration; readonly span: Span }
  | { readonly kind: 'subquery'; readonly range: Duration; readonly step: Duration | null; readonly span: Span }
  | { readonly kind: 'offset'; readonly offset: Duration; readonly span: Span }
  | { readonly kind: 'at'; readonly at: NonNullable<Moment['at']>; readonly span: Span }
  | { readonly kind: 'edges'; readonly edges: NonNullable<Moment['edges']>; readonly span: Span };

export type PostfixDetail =
  | { readonly kind: 'duration'; readonly duration: Duration }
  | { readonly kind: 'at'; readonly at: NonNullable<Moment['at']> };

type Movable = Selector | RangeSelector | Subquery;

/** Null for words that only say which postfix it is. */
export function readPostfixDetail(build: Build, cursor: TreeCursor): PostfixDetail | null {
  switch (cursor.name) {
    case 'DurationExpr':
    case 'OffsetDurationExpr':
      return { kind: 'duration', duration: buildDuration(build, cursor) };
    case 'NumberDurationLiteral':
      return { kind: 'at', at: { seconds: timestamp(build, cursor) } };
    case 'AtModifierPreprocessors': {
      const word = build.text.slice(cursor.from, cursor.to).toLowerCase();
      return { kind: 'at', at: word === 'start' ? 'start' : 'end' };
    }
    default:
      return null;
  }
}

function timestamp(build: Build, { from, to }: TreeCursor): number {
  const text = build.text.slice(from, to);
  const literal = unsigned(text);
  const value = (text.startsWith('-') ? -1 : 1) * literalValue(build, literal, { from, to });
  if (!(Math.abs(value) < 2 ** 63) && !isDurationLiteral(literal)) {
    refuse(build, 'syntax', `${text} is no timestamp.`, { from, to }, { expected: 'seconds since 1970', found: text });
  }
  return value;
}

export function makePostfix(name: string, details: readonly PostfixDetail[], span: Span): Postfix {
  const durations = details.flatMap((detail) => (detail.kind === 'duration' ? [detail.duration] : []));
  const [first = { kind: 'fixed', ms: 0 } as const, second = null] = durations;
  const at = details.find((detail) => detail.kind === 'at')?.at ?? 'start';
  switch (name) {
    case 'MatrixSelector':
      return { kind: 'range', range: first, span };
    case 'SubqueryExpr':
      return { kind: 'subquery', range: first, step: second, span };
    case 'OffsetExpr':
      return { kind: 'offset', offset: first, span };
    case 'StepInvariantExpr':
      return { kind: 'at', at, span };
    default:
      return { kind: 'edges', edges: name === 'AnchoredExpr' ? 'anchored' : 'smoothed', span };
  }
}

/** Puts a postfix to its operand; what it cannot belong to is told, and left as it is. */
export function attachPostfix(build: Build, operand: Expression, postfix: Postfix): Expression {
  if (postfix.kind === 'range') return attachRange(build, operand, postfix.range, postfix.span);
  if (postfix.kind === 'subquery') {
    const span = { from: operand.span.from, to: postfix.span.to };
    return { kind: 'subquery', type: 'range', operand, range: postfix.range, step: postfix.step, when: now, span };
  }
  if (!isMovable(operand)) {
    const word = postfixWord(postfix);
    refuse(build, 'selector', `${word} follows something that is neither a selector nor a subquery.`, postfix.span);
    return operand;
  }
  const when = momentWith(build, operand, postfix);
  return { ...operand, when, span: { from: operand.span.from, to: postfix.span.to } };
}

function attachRange(build: Build, operand: Expression, range: Duration, postfix: Span): Expression {
  if (operand.kind !== 'selector') {
    const text = 'A range follows something that is no selector.';
    refuse(build, 'selector', text, postfix, {
      expected: 'a subquery such as [5m:], or the range right after the selector',
    });
    return operand;
  }
  const { when } = operand;
  // 2.42 looks for a timestamp only, and so reads `up @ start()[5m]`.
  const isEarly = when.at !== null && !(isOldest(build.dialect) && typeof when.at === 'string');
  if (isEarly || !isNothing(when.offset)) {
    refuse(build, 'selector', 'The range follows offset or @, and has to stand before them.', postfix);
  }
  const selector = { ...operand, when: now };
  return { kind: 'range', type: 'range', selector, range, when, span: { from: operand.span.from, to: postfix.to } };
}

function isMovable(operand: Expression): operand is Movable {
  return operand.kind === 'selector' || operand.kind === 'range' || operand.kind === 'subquery';
}

type MomentPostfix = Exclude<Postfix, { kind: 'range' | 'subquery' }>;

function momentWith(build: Build, { kind, when }: Movable, postfix: MomentPostfix): Moment {
  switch (postfix.kind) {
    case 'offset':
      if (!isNothing(when.offset)) refuse(build, 'selector', 'The offset is said twice.', postfix.span);
      return { ...when, offset: postfix.offset };
    case 'at':
      if (when.at !== null) refuse(build, 'selector', 'The time after @ is said twice.', postfix.span);
      return { ...when, at: postfix.at };
    case 'edges':
      refuseEdges(build, kind, when, postfix);
      return { ...when, edges: postfix.edges };
    default:
      return postfix satisfies never;
  }
}

function refuseEdges(
  build: Build,
  kind: Movable['kind'],
  when: Moment,
  { edges, span }: MomentPostfix & { kind: 'edges' },
): void {
  refuseIfOff(build, edges, 'extended-range-selectors', span);
  if (kind === 'subquery') refuse(build, 'selector', `${edges} follows a subquery.`, span);
  if (when.edges !== null && when.edges !== edges)
    refuse(build, 'selector', 'anchored and smoothed exclude each other.', span);
}

// An offset of nothing is none to Prometheus.
function isNothing(offset: Duration | null): boolean {
  return offset === null || (offset.kind === 'fixed' && offset.ms === 0);
}

function postfixWord(postfix: MomentPostfix): string {
  if (postfix.kind === 'at') return '@';
  return postfix.kind === 'edges' ? postfix.edges : 'offset';
}
