import { defineDiagnostics } from '../../diagnostics/index.ts';

export const textEncodingDiagnostics = defineDiagnostics('encoding', {
  'not-utf-8': {
    severity: 'error',
    summary: 'File is not UTF-8',
    detail: ({ guess, offset }: { guess: string; offset: number }) =>
      `Byte ${offset} is not UTF-8. The file looks like ${guess}. It is not converted on a guess, because names would change unseen.`,
    hint: 'Save it as UTF-8: in Excel and WPS "CSV UTF-8 (comma delimited)", in Notepad encoding "UTF-8".',
  },
  'nul-byte': {
    severity: 'error',
    summary: 'File holds a NUL byte',
    detail: ({ offset }: { offset: number }) =>
      `Byte ${offset} is zero, which no text has: the file is binary, or was damaged.`,
    hint: 'Restore the file from Git, or export it again as text.',
  },
});
