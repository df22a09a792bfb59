import { defineDiagnostics } from '../../diagnostics/index.ts';

interface PathFacts {
  readonly path: string;
}

/** What keeps a file from being judged. */
export const lintReadingDiagnostics = defineDiagnostics('lint-file', {
  'json-syntax': {
    severity: 'error',
    summary: 'Not valid JSON',
    detail: ({ reason }: { reason: string }) => `The file cannot be read from here on: ${reason}.`,
    hint: 'Compare the brackets, commas and quotes at this place.',
  },
  'template-file': {
    severity: 'notice',
    summary: 'Template that is not judged',
    detail: ({ path }: PathFacts) => `${path} becomes YAML only when a template engine such as Helm has run.`,
    hint: 'Render it, as with `helm template`, and lint what comes out.',
  },
  'no-such-place': {
    severity: 'error',
    summary: 'No such file or folder',
    detail: ({ path }: PathFacts) => `${path} was named, and is not there.`,
    hint: 'Correct the path; it is taken from the current directory.',
  },
  'too-large': {
    severity: 'warning',
    summary: 'File too large to be judged',
    detail: ({ path, megabytes }: PathFacts & { megabytes: number }) =>
      `${path} has ${megabytes} MB, and files of up to 128 MB are read.`,
    hint: 'Split it, or leave it out.',
  },
});
