import { defineDiagnostics } from '../../toolkit/diagnostics/index.ts';

export const generateDiagnostics = defineDiagnostics('generate', {
  stale: {
    severity: 'error',
    summary: 'Generated file is not up to date',
    detail: (_facts: Record<string, never>) => 'The ids in it are not those of the inventories.',
    hint: 'Run `opsctl generate` and commit what it writes.',
  },
});
