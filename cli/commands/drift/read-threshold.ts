import type { SourceSpan } from '../../../toolkit/diagnostics/index.ts';
import type { ReadThreshold } from './source-edit.ts';

/**
 * Finds the `threshold: 0.05` of the `.tune(...)` that was called at a place of a TypeScript file. Of `baseline({ value: 0.05, ... })` the
 * whole call is what is changed: a number that somebody set by hand comes from no history.
 */
export function thresholdReader(textOf: (file: string) => string | null): ReadThreshold {
  return (tuning) => {
    const text = textOf(tuning.file);
    if (text === null) return null;
    const start = offsetOf(text, tuning);
    // The call ends at the latest where the next statement of the stack begins.
    const length = text.slice(start + 1).search(/\.(operate|tune|waive|silence|muteDrift|protect)\(/);
    const call = length < 0 ? text.slice(start) : text.slice(start, start + 1 + length);
    const measured = baselineIn(call);
    if (measured !== null) {
      const { text: written, value } = measured;
      return { value, text: written, at: spanAt(text, start + measured.at, tuning.file) };
    }
    const match = /threshold:\s*(-?[\d_]+(?:\.[\d_]+)?(?:e[+-]?\d+)?)/.exec(call);
    if (match === null) return null;
    const at = start + match.index + match[0].length - (match[1] ?? '').length;
    return { value: Number((match[1] ?? '').replaceAll('_', '')), at: spanAt(text, at, tuning.file) };
  };
}

/** On one line, as a patch is made line by line. */
function baselineIn(call: string): { readonly text: string; readonly value: number; readonly at: number } | null {
  const match = /threshold:\s*(baseline\(\{[^}\n]*\}\))/.exec(call);
  const [whole = '', text = ''] = match ?? [];
  const value = /\bvalue:\s*(-?[\d_.]+(?:e[+-]?\d+)?)/.exec(text)?.[1];
  if (match === null || value === undefined) return null;
  return { text, value: Number(value.replaceAll('_', '')), at: match.index + whole.length - text.length };
}

function offsetOf(text: string, { line, column }: SourceSpan): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((total, each) => total + each.length + 1, column - 1);
}

function spanAt(text: string, offset: number, file: string): SourceSpan {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
