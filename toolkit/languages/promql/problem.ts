import type { Span } from './expression.ts';

/** Why an expression would be refused: one of `promqlDiagnostics`, with the words for it. */
export interface PromqlProblem {
  readonly code: PromqlProblemCode;
  /** A full sentence with the names of this occurrence. */
  readonly text: string;
  readonly span: Span;
  readonly expected?: string;
  readonly found?: string;
}

export type PromqlProblemCode =
  | 'syntax'
  | 'value-type'
  | 'arguments'
  | 'unknown-function'
  | 'not-in-version'
  | 'vector-matching'
  | 'selector'
  | 'pattern'
  | 'duration'
  | 'too-deep';
