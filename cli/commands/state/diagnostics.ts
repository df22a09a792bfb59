import { counted, defineDiagnostics } from '../../../toolkit/diagnostics/index.ts';

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
  'history-unreadable': {
    severity: 'warning',
    summary: 'History has lines that cannot be read',
    detail: ({ stack, lines }: { stack: string; lines: number }) =>
      `${counted(lines, 'line')} of the history of ${stack} ${lines === 1 ? 'is' : 'are'} no record of a run: cut off when the machine stopped, or edited.`,
    hint: 'Look into history.jsonl beside the state; a back-up may have it whole.',
  },
  'not-an-address': {
    severity: 'error',
    summary: 'Not an address',
    detail: ({ text }: { text: string }) => `${text} is not of the form stack/type/name.`,
    hint: 'See `opsctl state list` for what there is.',
  },
});
