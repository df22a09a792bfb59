import { defineDiagnostics } from '../../../toolkit/diagnostics/index.ts';
import type { Address } from '../../../toolkit/model/index.ts';

export const renderDiagnostics = defineDiagnostics('render', {
  'not-empty': {
    severity: 'error',
    summary: 'Folder holds something else',
    detail: ({ directory }: { directory: string }) =>
      `${directory} is not empty, and render did not write what is in it.`,
    hint: 'Choose another folder, or add --force to write into this one.',
  },
  'no-source': {
    severity: 'error',
    summary: 'Repository not named',
    detail: () => 'Argo CD reads the files from a repository, and an Application has its URL.',
    hint: 'Add --source with the URL of the repository that the files are committed to.',
  },
  refused: {
    severity: 'error',
    summary: 'Target cannot be rendered',
    detail: ({ stack, target, reason }: { stack: string; target: string; reason: string }) =>
      `The objects of ${target} of ${stack} could not be written: ${reason}`,
    hint: 'Correct what it names and run the command again.',
  },
  'kept-by-server': {
    severity: 'notice',
    summary: 'Object that is no file',
    detail: ({ address }: { address: Address }) =>
      `${address} is kept by its server itself, so there is no file of it.`,
    hint: 'Apply it with `opsctl apply`, or leave it to whoever announces the change.',
  },
  'no-files': {
    severity: 'error',
    summary: 'Target has no files',
    detail: ({ stack, target, type }: { stack: string; target: string; type: string }) =>
      `${target} of ${stack} holds objects of type ${type}, which are not kept as files.`,
    hint: 'Leave its stack out with --stack.',
  },
});
