import { defineDiagnostics } from '../../diagnostics/index.ts';

export const grafanaDiagnostics = defineDiagnostics('grafana', {
  'bad-spec': {
    severity: 'error',
    summary: 'Grafana object declared in a shape that cannot be written',
    detail: ({ pointer, expected }: { pointer: string; expected: string }) => `${pointer} must be ${expected}.`,
    hint: 'Correct the declaration; an object that the toolkit compiles is always in shape.',
  },
  'bad-uid': {
    severity: 'error',
    summary: 'Dashboard uid that Grafana does not take',
    detail: ({ uid }: { uid: string }) => `The uid is ${JSON.stringify(uid)}.`,
    hint: 'Use up to 40 letters, digits, dashes and underscores.',
  },
  'duplicate-panel-id': {
    severity: 'error',
    summary: 'Two panels of a dashboard have the same id',
    detail: ({ id }: { id: number }) => `The id ${id} is used more than once.`,
    hint: 'Give each panel an id of its own; links to a panel name it by its id.',
  },
});
