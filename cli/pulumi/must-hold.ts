import { type Diagnostic, Failure } from '../../toolkit/diagnostics/index.ts';

/** Ends a program with the first error: Pulumi shows what is thrown. */
export function mustHold(diagnostics: readonly Diagnostic[]): void {
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  if (fault !== undefined) throw new Failure(fault);
}
