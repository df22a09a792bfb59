import { defineDiagnostics } from '../../diagnostics/index.ts';

export const pipelineProgramDiagnostics = defineDiagnostics('pipeline-program', {
  'bad-spec': {
    severity: 'error',
    summary: 'Configuration of a pipeline in a shape that cannot be written',
    detail: ({ pointer, expected }: { pointer: string; expected: string }) => `${pointer} must be ${expected}.`,
    hint: 'Correct the declaration; an object that the toolkit compiles is always in shape.',
  },
});
