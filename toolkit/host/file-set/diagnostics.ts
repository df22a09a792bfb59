import { defineDiagnostics, Failure } from '../../diagnostics/index.ts';

export const fileSetDiagnostics = defineDiagnostics('file-set', {
  'outside-directory': {
    severity: 'error',
    summary: 'File would lie outside its target directory',
    detail: ({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}.`,
    hint: 'Use a relative path without "..", and no symbolic link that leaves the directory.',
  },
  'two-writers': {
    severity: 'error',
    summary: 'Two objects write the same file',
    detail: ({ path, first, second }: { path: string; first: string; second: string }) =>
      `${path} belongs to ${first} and to ${second}.`,
    hint: 'Give one of them another name or path.',
  },
  'not-restored': {
    severity: 'error',
    summary: 'Former files could not be put back',
    detail: ({ paths, kept, reason }: { paths: readonly string[]; kept: string; reason: string }) =>
      `${paths.join(', ')}: ${reason} The former files are kept in ${kept}.`,
    hint: 'Copy them back by hand, then reload the target.',
  },
});

export function outsideFailure(path: string, reason: string): Failure {
  return new Failure(fileSetDiagnostics.create('outside-directory', { path, reason }, { subject: path }));
}
