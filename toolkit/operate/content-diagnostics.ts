import { defineDiagnostics } from '../diagnostics/index.ts';

/** What is told about a repository and its content before anything is compiled. */
export const contentDiagnostics = defineDiagnostics('content', {
  'no-repository': {
    severity: 'error',
    summary: 'No repository here',
    detail: ({ directory }: { directory: string }) =>
      `Neither ${directory} nor a folder above it has a folder stacks/ and a cmdb/organisation/.`,
    hint: 'Go to your repository, name it with --directory, or make one with opsctl init.',
  },
  'no-organisation': {
    severity: 'error',
    summary: 'No organisation declared',
    detail: () => 'cmdb/organisation/index.ts declares no organisation.',
    hint: 'Export defineOrganisation({...}) from it as default.',
  },
  'no-stacks': {
    severity: 'error',
    summary: 'No stack declared',
    detail: () => 'No file in stacks/ declares a control point.',
    hint: 'Export defineStack({...}) from a file in stacks/ as default.',
  },
  'nothing-declared': {
    severity: 'error',
    summary: 'File declares nothing',
    detail: ({ file, wanted }: { file: string; wanted: string }) => `${file} has no default export made by ${wanted}.`,
    hint: 'Add the export, or move a file that only helps others into a sub-folder.',
  },
  denied: {
    severity: 'error',
    summary: 'Content reaches for what it may not',
    detail: ({ message }: { message: string }) => message,
    hint: 'Content only declares: it imports its own files, opsctl, node:path and node:url, and reads nothing else.',
  },
  broken: {
    severity: 'error',
    summary: 'Content does not run',
    detail: ({ message }: { message: string }) => message,
    hint: 'Correct the file at the position above; an editor or `tsc` shows most of these as you write.',
  },
  'too-much': {
    severity: 'error',
    summary: 'Content takes too much',
    detail: ({ message }: { message: string }) => message,
    hint: 'Look for a loop that does not end, or for far more objects than are meant, in the file named above.',
  },
  'program-failed': {
    severity: 'error',
    summary: 'opsctl failed on this content',
    detail: ({ message }: { message: string }) => message,
    hint: 'This is a bug of opsctl, not of the content: report it with the lines above and the command line.',
  },
  'no-bindings': {
    severity: 'error',
    summary: 'Environment not bound',
    detail: ({ environment, known }: { environment: string; known: readonly string[] }) =>
      `There is no stacks/bindings/${environment}.yaml. Known environments: ${known.join(', ') || 'none'}.`,
    hint: 'Write the file, or name another environment with --environment.',
  },
  'environment-open': {
    severity: 'error',
    summary: 'Which environment?',
    detail: ({ known }: { known: readonly string[] }) => `stacks/bindings/ has ${known.join(', ')}.`,
    hint: 'Name one with --environment, or set OPSCTL_ENVIRONMENT.',
  },
  'compiles-differ': {
    severity: 'error',
    summary: 'Content is not deterministic',
    detail: ({ addresses }: { addresses: readonly string[] }) =>
      `With another clock, time zone, locale and directory the same content gives other resources: ${addresses.slice(0, 5).join(', ')}${addresses.length > 5 ? ` and ${addresses.length - 5} more` : ''}.`,
    hint: 'Remove what reads the clock, a random number, the locale or the environment from the content.',
  },
  'unknown-stack': {
    severity: 'error',
    summary: 'Unknown stack',
    detail: ({ stack, known }: { stack: string; known: readonly string[] }) =>
      `There is no stack ${stack}. Known: ${known.join(', ')}.`,
    hint: 'Correct the name.',
  },
});
