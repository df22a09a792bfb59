import { defineDiagnostics } from '../../diagnostics/index.ts';

export const exporterDiagnostics = defineDiagnostics('exporter', {
  'bad-spec': {
    severity: 'error',
    summary: 'Exporter module declared in a shape that cannot be written',
    detail: ({ pointer, expected }: { pointer: string; expected: string }) => `${pointer} must be ${expected}.`,
    hint: 'Correct the declaration; an object that the toolkit compiles is always in shape.',
  },
  'strange-answer': {
    severity: 'error',
    summary: 'Answer that no such exporter gives',
    detail: ({ url, reason }: { url: string; reason: string }) => `${url}: ${reason}.`,
    hint: 'Check the url in the binding: something else may answer there.',
  },
});
