import { defineDiagnostics } from '../../../toolkit/diagnostics/index.ts';

interface NoStateFacts {
  readonly stack: string;
  readonly environment: string;
  readonly known: readonly string[];
  readonly alike: readonly string[];
}

export const stateCommandDiagnostics = defineDiagnostics('state-command', {
  'no-state': {
    severity: 'error',
    summary: 'Stack has no state',
    detail: ({ stack, environment, known }: NoStateFacts) =>
      `Nothing was applied for ${stack} in ${environment}. Known stacks: ${known.join(', ') || 'none'}.`,
    hint: ({ alike }: NoStateFacts) =>
      alike.length === 0 ? 'Correct the name, or the environment.' : `Did you mean ${alike.join(', or ')}?`,
  },
  'not-an-address': {
    severity: 'error',
    summary: 'Not an address',
    detail: ({ text }: { text: string }) => `${text} is not of the form stack/type/name.`,
    hint: 'See `opsctl state list` for what there is.',
  },
});
