import { defineDiagnostics } from '../../../toolkit/diagnostics/index.ts';

export const explainDiagnostics = defineDiagnostics('explain', {
  'not-found': {
    severity: 'error',
    summary: 'Nothing to explain',
    detail: ({ subject }: { subject: string; alike: readonly string[] }) =>
      `${subject} is neither an address, nor a part of one, nor the id of an item.`,
    hint: ({ alike }: { subject: string; alike: readonly string[] }) =>
      alike.length === 0 ? 'Run `opsctl graph` to see what there is.' : `Did you mean ${alike.join(', or ')}?`,
  },
});
