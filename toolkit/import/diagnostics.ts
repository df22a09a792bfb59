import { defineDiagnostics } from '../diagnostics/index.ts';

interface Named {
  /** `The alert HostDown`, `The group node`. */
  readonly what: string;
}

/** What an import tells beside what it writes. */
export const importDiagnostics = defineDiagnostics('import', {
  nothing: {
    severity: 'error',
    summary: 'Nothing to import',
    detail: ({ kind, files }: { kind: string; files: number }) =>
      `None of the ${files} files that were read holds ${kind}.`,
    hint: 'Name files or folders with rule files, exported dashboards or an alertmanager.yml.',
  },
  'not-carried': {
    severity: 'error',
    summary: 'Not imported',
    detail: ({ what, because }: Named & { because: string }) => `${what} is left out: ${because}`,
    hint: 'Mend it where it stands and import again, or write it by hand.',
  },
  'field-not-carried': {
    severity: 'warning',
    summary: 'Field that is not imported',
    detail: ({ what, field, because }: Named & { field: string; because: string }) =>
      `${what} is imported without ${field}: ${because}`,
    hint: 'Nothing is to be done where the field had no effect on what Prometheus, Alertmanager or Grafana do.',
  },
  doubtful: {
    severity: 'warning',
    summary: 'Imported, and doubtful',
    detail: ({ text }: { text: string }) => text,
    hint: 'Look at it after the import; `opsctl lint` tells of it as well.',
  },
  renamed: {
    severity: 'notice',
    summary: 'Imported under another id',
    detail: ({ what, id, because }: Named & { id: string; because: string }) => `${what} has the id ${id}: ${because}`,
    hint: 'The name that Prometheus or Grafana shows is kept; change the id where another one is clearer.',
  },
  secret: {
    severity: 'warning',
    summary: 'Secret that has to be set',
    detail: ({ field, place }: { field: string; place: string }) =>
      `${field} is a secret, so its value was not written; the content refers to ${place}.`,
    hint: 'Set the variable to the value that stands here for whoever runs opsctl, or change the reference to a file.',
  },
  'comment-dropped': {
    severity: 'warning',
    summary: 'Comment that is not imported',
    detail: () => 'The comment looks as if it held a secret.',
    hint: 'Write it again without the secret where it matters, and change a secret that stood in a repository.',
  },
  'too-large': {
    severity: 'error',
    summary: 'Too large to be content',
    detail: ({ what, megabytes, limit }: Named & { megabytes: string; limit: number }) =>
      `${what} has ${megabytes} MB, and content of up to ${limit} MB is imported.`,
    hint: 'Split it into dashboards that a person can look at.',
  },
  differs: {
    severity: 'error',
    summary: 'Import that compiles to something else',
    detail: ({ what, differences }: Named & { differences: string }) =>
      `${what} would not be the same: ${differences} Nothing was written.`,
    hint: 'Please report it: the import compiles what it wrote, and it has to be what was read.',
  },
  exists: {
    severity: 'error',
    summary: 'Files are there already',
    detail: ({ files, directory }: { files: readonly string[]; directory: string }) =>
      `${directory} already has ${files.join(', ')}, and nothing was written.`,
    hint: 'Choose another folder with --out, or overwrite these files with --force.',
  },
});
