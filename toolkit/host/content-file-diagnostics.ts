import { defineDiagnostics } from '../diagnostics/index.ts';

interface FileFacts {
  readonly path: string;
}

/** What is wrong with files of content before anything in them is read. */
export const contentFileDiagnostics = defineDiagnostics('content-file', {
  outside: {
    severity: 'error',
    summary: 'Link that leaves the repository',
    detail: ({ path }: FileFacts) => `${path} is a symbolic link to a place that is not content of this repository.`,
    hint: 'Put the file itself into the repository.',
  },
  'broken-link': {
    severity: 'error',
    summary: 'Link to nothing',
    detail: ({ path }: FileFacts) => `${path} is a symbolic link to a file that does not exist.`,
    hint: 'Correct the link, or delete it.',
  },
  'no-plain-file': {
    severity: 'error',
    summary: 'Not a plain file',
    detail: ({ path }: FileFacts) => `${path} is a directory behind a link, a pipe or a device.`,
    hint: 'Put a plain file there.',
  },
  'too-large': {
    severity: 'error',
    summary: 'Inventory too large',
    detail: ({ path }: FileFacts) => `With ${path} the inventories pass 64 MB in one file or 256 MB in all.`,
    hint: 'Check what it holds; an inventory of 100,000 items has about 30 MB. Split a large one.',
  },
  spreadsheet: {
    severity: 'warning',
    summary: 'Spreadsheet that is not read',
    detail: ({ path }: FileFacts) => `${path} lies among the inventories, and only YAML and CSV are read.`,
    hint: 'Save it as "CSV UTF-8" beside it, or move it elsewhere.',
  },
});
