import { defineDiagnostics } from '../../diagnostics/index.ts';

export const filesDiagnostics = defineDiagnostics('files', {
  'bad-path': {
    severity: 'error',
    summary: 'Path cannot be managed',
    detail: ({ path, reason }: { path: string; reason: string }) => `${JSON.stringify(path)}: ${reason}.`,
    hint: 'Give a path relative to the target directory, such as "etc/motd".',
  },
  'bad-spec': {
    severity: 'error',
    summary: 'File declared in a shape that cannot be written',
    detail: ({ expected }: { expected: string }) => `The spec needs ${expected}.`,
    hint: 'Correct the declaration; an object that the toolkit compiles is always in shape.',
  },
});
