import { defineDiagnostics } from '../../diagnostics/index.ts';

/** What is told of OpenSLO documents. */
export const opensloDiagnostics = defineDiagnostics('openslo', {
  'other-version': {
    severity: 'error',
    summary: 'Not a document of OpenSLO v1',
    detail: ({ found }: { found: string }) => `The apiVersion is ${found}; openslo/v1 is read.`,
    hint: 'Convert it to openslo/v1 first.',
  },
  'unknown-kind': {
    severity: 'error',
    summary: 'Unknown kind',
    detail: ({ found, known }: { found: string; known: readonly string[] }) =>
      `The kind is ${found}; there is ${known.join(', ')}.`,
    hint: 'Correct the kind.',
  },
  'missing-field': {
    severity: 'error',
    summary: 'Missing field',
    detail: ({ field, of }: { field: string; of: string }) => `${of} has no ${field}.`,
    hint: ({ field }) => `Add ${field}.`,
  },
  'wrong-value': {
    severity: 'error',
    summary: 'Wrong value',
    detail: ({ field, of, expected, found }: { field: string; of: string; expected: string; found: string }) =>
      `${field} of ${of} must be ${expected}, and is ${found}.`,
    hint: 'Correct the value.',
  },
});
