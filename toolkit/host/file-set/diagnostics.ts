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
  'in-use': {
    severity: 'error',
    summary: 'Somebody else works on the target',
    detail: ({ directory, who }: { directory: string; who: string }) =>
      `The files in ${directory} are being changed by ${who}. Nothing was changed here.`,
    hint: 'Wait until it has ended (`--lock-timeout 5m` does), and plan again: what it changes is not in this plan. Who is gone keeps nobody waiting: on this machine at once, elsewhere after a minute.',
  },
  'lease-lost': {
    severity: 'error',
    summary: 'Target was taken over by somebody else',
    detail: ({ directory }: { directory: string }) =>
      `Another process has begun to change the files in ${directory}, because this one gave no sign of life. No file of this commit was moved into place.`,
    hint: 'Plan again once the other one has ended.',
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
