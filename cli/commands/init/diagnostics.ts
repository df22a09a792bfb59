import { defineDiagnostics } from '../../../toolkit/diagnostics/index.ts';

export const initDiagnostics = defineDiagnostics('init', {
  exists: {
    severity: 'error',
    summary: 'File is there already',
    detail: ({ file, directory }: { file: string; directory: string }) =>
      `${directory} already has ${file}, and init overwrites nothing.`,
    hint: 'Choose an empty directory: opsctl init DIRECTORY.',
  },
});
