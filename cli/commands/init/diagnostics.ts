import { defineDiagnostics } from '../../../toolkit/diagnostics/index.ts';

export const initDiagnostics = defineDiagnostics('init', {
  exists: {
    severity: 'error',
    summary: 'Files are there already',
    detail: ({ files, directory }: { files: readonly string[]; directory: string }) =>
      `${directory} already has ${files.join(', ')}, and nothing is overwritten.`,
    hint: 'Choose an empty directory, or move the files away.',
  },
});
