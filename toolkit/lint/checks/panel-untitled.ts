import type { Check } from '../check.ts';

export const check: Check = {
  code: 'panel-untitled',
  about: 'dashboard',
  severity: 'notice',
  summary: 'Panel without a title',
  why: 'Who looks at it at night cannot say to anybody what they see.',
  hint: 'Give it a title, and a description where the title does not explain it.',
  bad: '{"title": "Hosts", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "", "targets": [{"expr": "up"}]}]}',
  good: '{"title": "Hosts", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "targets": [{"expr": "up"}]}]}',
  judge: ({ panels, pointer }) =>
    panels
      .filter(
        ({ type, title, value, targets }) =>
          type !== 'row' &&
          type !== 'text' &&
          targets.length > 0 &&
          title.trim() === '' &&
          value.libraryPanel === undefined,
      )
      .map((panel) => ({
        text: `The panel ${panel.id ?? ''} of type ${panel.type} has no title.`.replace('  ', ' '),
        pointer: panel.pointer.slice(pointer.length),
      })),
};
