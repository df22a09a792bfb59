import type { Check } from '../check.ts';
import { isMapping, textOf } from '../read/fields.ts';

export const check: Check = {
  code: 'variable-not-reloaded',
  about: 'dashboard',
  severity: 'notice',
  summary: 'Variable whose choices are never loaded again',
  why: 'It offers the hosts of the day on which the dashboard was saved; new ones cannot be chosen.',
  hint: 'Set refresh to 2, on time range change (or 1, when the dashboard is opened).',
  bad: '{"title": "Hosts", "schemaVersion": 39, "templating": {"list": [{"name": "host", "type": "query", "query": "label_values(up, instance)", "refresh": 0}]}, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "targets": [{"expr": "up{instance=\\"$host\\"}"}]}]}',
  good: '{"title": "Hosts", "schemaVersion": 39, "templating": {"list": [{"name": "host", "type": "query", "query": "label_values(up, instance)", "refresh": 2}]}, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "targets": [{"expr": "up{instance=\\"$host\\"}"}]}]}',
  judge: ({ variables, pointer }) =>
    variables
      .filter(
        ({ type, value }) =>
          type === 'query' && (value.refresh === 0 || value.refresh === false) && queryOf(value.query) !== '',
      )
      .map(({ name, pointer: at }) => ({
        text: `The choices of $${name} stay as they were saved.`,
        pointer: at.slice(pointer.length),
      })),
};

function queryOf(query: Parameters<typeof textOf>[0]): string {
  return isMapping(query) ? textOf(query.query) : textOf(query);
}
