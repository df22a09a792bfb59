import { defineDiagnostics } from '../../../toolkit/diagnostics/index.ts';

export const driftDiagnostics = defineDiagnostics('drift', {
  'not-in-source': {
    severity: 'notice',
    summary: 'Drift without a place in the source',
    detail: ({ pointer, reason }: { pointer: string; reason: string }) =>
      `${pointer === '' ? 'It' : pointer} cannot be taken over into the source: ${reason}.`,
    hint: 'Declare it by hand if it is meant, or let `opsctl apply` put back what is declared.',
  },
});
