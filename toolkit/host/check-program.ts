import { Failure } from '../diagnostics/index.ts';
import { programDiagnostics } from './program-diagnostics.ts';
import { findProgram } from './run-program.ts';

/** JSON Schema of the binding setting `check`, to be spread into a provider's binding schema. */
export const checkSchema = {
  check: {
    type: 'string',
    minLength: 1,
    description: 'Path of the program\'s own checker, or "none". By default it is looked for on PATH.',
  },
} as const;

/**
 * The checker of a target, as its binding names it or as it is found on PATH under one of its names. Null: there is
 * none, or none is wanted, and the note says which. A path in the binding at which nothing is, is a failure.
 */
export async function findChecker(
  setting: unknown,
  names: readonly string[],
): Promise<{ readonly program: string; readonly note: '' } | { readonly program: null; readonly note: string }> {
  if (setting === 'none') return { program: null, note: 'not checked before, the binding says so' };
  if (typeof setting === 'string') {
    const program = await findProgram(setting);
    if (program === null) throw new Failure(programDiagnostics.create('not-found', { command: setting }));
    return { program, note: '' };
  }
  for (const name of names) {
    const program = await findProgram(name);
    if (program !== null) return { program, note: '' };
  }
  return { program: null, note: `not checked before, there is no ${names[0]} here` };
}
