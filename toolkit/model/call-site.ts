import type { SourceSpan } from '../diagnostics/index.ts';

/**
 * Where a `define...()` or `.operate()` was called: the frame that called `definer`. The file is still a URL here; the
 * compiler makes it relative to the repository, which content cannot know.
 */
export function callSite(definer: (...parameters: never[]) => unknown): SourceSpan {
  const holder: { stack?: string } = {};
  const former = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(holder, definer);
  Error.stackTraceLimit = former;
  return parseFrame(holder.stack ?? '');
}

const framePattern = /\(?((?:file:\/\/)?[^\s()]+):(\d+):(\d+)\)?$/;

function parseFrame(stack: string): SourceSpan {
  const frame = stack.split('\n').at(-1)?.trim() ?? '';
  const match = framePattern.exec(frame);
  if (match === null) return { file: '<unknown>', line: 1, column: 1 };
  return { file: match[1] ?? '<unknown>', line: Number(match[2]), column: Number(match[3]) };
}
