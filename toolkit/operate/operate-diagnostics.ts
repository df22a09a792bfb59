import { defineDiagnostics } from '../diagnostics/index.ts';

/** What is told while a plan is made or a target is asked. */
export const operateDiagnostics = defineDiagnostics('operate', {
  'unknown-stack': {
    severity: 'error',
    summary: 'Unknown stack',
    detail: ({ stack, known }: { stack: string; known: readonly string[] }) =>
      `There is no stack ${stack}. Known: ${known.join(', ') || 'none'}.`,
    hint: 'Correct the name given to --stack.',
  },
  'target-unbound': {
    severity: 'error',
    summary: 'Target not bound',
    detail: ({ stack, target }: { stack: string; target: string }) =>
      `The environment does not say where the target ${target} of the stack ${stack} is.`,
    hint: 'Add it to the bindings file, or take the target out of the stack.',
  },
  'no-environment': {
    severity: 'error',
    summary: 'No environment chosen',
    detail: ({ known }: { known: readonly string[] }) =>
      known.length === 0
        ? 'stacks/bindings/ has no file, so nothing says where the targets are.'
        : `stacks/bindings/ has ${known.join(', ')}.`,
    hint: 'Name one with --environment or OPSCTL_ENVIRONMENT; write stacks/bindings/<environment>.yaml if there is none.',
  },
  'secret-unresolved': {
    severity: 'error',
    summary: 'Secret not at hand',
    detail: ({ reference, reason }: { reference: string; reason: string }) =>
      `The reference ${reference} cannot be resolved: ${reason}.`,
    hint: 'Set the variable or write the file where opsctl runs; values never belong into the repository.',
  },
});
