import { expect, it } from 'vitest';
import { metricTable } from './metric-table.ts';
import { defineClass } from './object-class.ts';

const title = { en: 'x', zh: 'x' };

it('every metric of a class stands once for each source, with what any of its signals knows of it', () => {
  const meaning = { title, unit: 'count', direction: 'high-is-bad' } as const;
  const database = defineClass({
    id: 'database',
    title,
    attributes: {},
    sources: {
      old: { kind: 'exporter', exporter: 'old_exporter <2', interval: '30s', endpoint: () => 'db:1' },
      probe: { kind: 'probe', interval: '30s', endpoint: () => 'db:2', module: () => ({ name: 'tcp', settings: {} }) },
    },
    signals: {
      lag: {
        ...meaning,
        readings: {
          old: { expression: () => 'lag', metrics: [{ name: 'lag', type: 'gauge', until: '0.12' }, 'up'] },
          probe: { expression: () => 'x', metrics: ['probe_success'] },
        },
      },
      up: { ...meaning, from: 'old', expression: () => 'up', metrics: ['up'] },
    },
  });
  expect(metricTable(database)).toEqual([
    {
      class: 'database',
      source: 'old',
      exporter: 'old_exporter <2',
      name: 'lag',
      type: 'gauge',
      until: '0.12',
      signals: ['lag'],
    },
    { class: 'database', source: 'old', exporter: 'old_exporter <2', name: 'up', signals: ['lag', 'up'] },
    { class: 'database', source: 'probe', exporter: 'blackbox_exporter', name: 'probe_success', signals: ['lag'] },
  ]);
});
