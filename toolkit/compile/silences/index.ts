import type { Diagnostic } from '../../diagnostics/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { checkSilences } from './check.ts';
import { compileSilences } from './compile.ts';

/** Most groups have none at most times, so it is handed to whoever compiles one that has. */
export interface SilenceCompiler {
  readonly check: (group: readonly OperatedStack[]) => readonly Diagnostic[];
  readonly compile: typeof compileSilences;
}

export const silenceCompiler: SilenceCompiler = {
  check: (group) => group.flatMap(checkSilences),
  compile: compileSilences,
};
