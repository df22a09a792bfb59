import type { Diagnostic } from './diagnostic.ts';

/**
 * Trouble with the world (a target that hangs, a lock held by somebody else): thrown by the edge, carrying the
 * diagnostic that its catcher will report. Trouble with content is returned, not thrown; a bug is a plain `Error`.
 */
export class Failure extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic, options?: { readonly cause?: unknown }) {
    super(`${diagnostic.summary}: ${diagnostic.detail}`, options);
    this.name = 'Failure';
    this.diagnostic = diagnostic;
  }
}
