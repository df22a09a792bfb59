import { type Diagnostic, defineDiagnostics, type Occurrence } from '../../diagnostics/index.ts';
import type { PromqlProblem, PromqlProblemCode } from './problem.ts';

type Facts = Pick<PromqlProblem, 'text'>;
const inItsWords = ({ text }: Facts): string => text;

export const promqlDiagnostics = defineDiagnostics('promql', {
  syntax: {
    severity: 'error',
    summary: 'Not valid PromQL',
    detail: inItsWords,
    hint: 'Correct the expression at this place; what stands before it was understood.',
  },
  'value-type': {
    severity: 'error',
    summary: 'PromQL of the wrong type',
    detail: inItsWords,
    hint: 'Make a range vector with [5m], an instant vector with a function such as rate(), a scalar with scalar().',
  },
  arguments: {
    severity: 'error',
    summary: 'Wrong arguments in PromQL',
    detail: inItsWords,
    hint: 'Compare the arguments with those that the function takes.',
  },
  'unknown-function': {
    severity: 'error',
    summary: 'Unknown PromQL function',
    detail: inItsWords,
    hint: 'Check the spelling; names of functions are written in lower case.',
  },
  'not-in-version': {
    severity: 'error',
    summary: 'PromQL that the target release does not read',
    detail: inItsWords,
    hint: 'Write it with what that release has, or update the Prometheus and say so where its version is declared.',
  },
  'vector-matching': {
    severity: 'error',
    summary: 'Impossible vector matching in PromQL',
    detail: inItsWords,
    hint: 'Keep on, ignoring and group_left for operations on two instant vectors, and name each label once.',
  },
  selector: {
    severity: 'error',
    summary: 'Wrong selector in PromQL',
    detail: inItsWords,
    hint: 'Write the name and matchers first, then the range, then @ and offset, each once.',
  },
  pattern: {
    severity: 'error',
    summary: 'Not a regular expression of RE2',
    detail: inItsWords,
    hint: 'Prometheus has RE2: no look-ahead, no back references; a backslash in double quotes is written twice.',
  },
  duration: {
    severity: 'error',
    summary: 'Wrong duration in PromQL',
    detail: inItsWords,
    hint: 'Write whole numbers with units from long to short, such as 1h30m.',
  },
  'too-deep': {
    severity: 'error',
    summary: 'PromQL that is nested too deep',
    detail: inItsWords,
    hint: 'Record parts of it as rules of their own, and refer to these.',
  },
});

promqlDiagnostics.definitions satisfies Readonly<Record<PromqlProblemCode, unknown>>;

/** A problem of an expression as a finding of the file that it stands in. */
export function describeProblem({ code, text, expected, found }: PromqlProblem, occurrence: Occurrence): Diagnostic {
  const values = { ...(expected === undefined ? {} : { expected }), ...(found === undefined ? {} : { found }) };
  return promqlDiagnostics.create(code, { text }, { ...values, ...occurrence });
}
