import { defineDiagnostics } from '../../../toolkit/diagnostics/index.ts';

export const initDiagnostics = defineDiagnostics('init', {
  exists: {
    severity: 'error',
    summary: 'Files are there already',
    detail: ({ files, directory }: { files: readonly string[]; directory: string }) =>
      `${directory} already has ${files.join(', ')}, and nothing is overwritten.`,
    hint: 'Choose an empty directory, or move the files away.',
  },
  nested: {
    severity: 'error',
    summary: 'Repository inside another one',
    detail: ({ directory, around }: { directory: string; around: string }) =>
      `${directory} lies in the repository ${around}, whose content it would be part of.`,
    hint: 'Choose a place outside of it; another control point of the same organisation is a file in its stacks/.',
  },
  'inside-git': {
    severity: 'notice',
    summary: 'Made inside another Git repository',
    detail: ({ directory, around }: { directory: string; around: string }) =>
      `${directory} lies in the Git repository ${around}: its history and its ignored files hold here too.`,
    hint: 'For a history of its own run `git init` in it, and let the one around ignore it.',
  },
});
