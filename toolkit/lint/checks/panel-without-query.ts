import type { Check } from '../check.ts';

/** Those show something of their own; others come from plugins, which nobody can know all of. */
const querying = new Set([
  'timeseries',
  'graph',
  'stat',
  'gauge',
  'singlestat',
  'bargauge',
  'barchart',
  'heatmap',
  'table',
  'piechart',
  'state-timeline',
  'status-history',
  'histogram',
]);

export const check: Check = {
  code: 'panel-without-query',
  about: 'dashboard',
  severity: 'warning',
  summary: 'Panel without a query',
  why: 'It shows "No data" always, which is what it would show in an outage as well.',
  hint: 'Add the query, or delete the panel.',
  bad: '{"title": "Hosts", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "targets": []}]}',
  good: '{"title": "Hosts", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "targets": [{"expr": "up"}]}]}',
  judge: ({ panels, pointer }) =>
    panels
      .filter(
        ({ type, targets, value }) => querying.has(type) && targets.length === 0 && value.libraryPanel === undefined,
      )
      .map(({ title, type, pointer: at }) => ({
        text: `The panel "${title}" of type ${type} asks nothing.`,
        pointer: at.slice(pointer.length),
      })),
};
