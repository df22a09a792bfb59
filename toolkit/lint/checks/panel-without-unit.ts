import type { YamlValue } from '../../languages/yaml/index.ts';
import type { Check } from '../check.ts';
import type { Panel } from '../lint-input.ts';
import { isMapping, listOf, textOf } from '../read/fields.ts';

const measuring = new Set(['timeseries', 'graph', 'stat', 'gauge', 'singlestat', 'bargauge']);

/** One finding for each dashboard: where one panel has none, most have none. */
export const check: Check = {
  code: 'panel-without-unit',
  about: 'dashboard',
  severity: 'notice',
  summary: 'Panels without a unit',
  why: '8589934592 is read as anything; 8 GiB is not.',
  hint: 'Set the unit of the panel: bytes, seconds, percent (0.0-1.0), requests/s, or short for plain counts.',
  bad: '{"title": "Hosts", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Memory", "targets": [{"expr": "node_memory_MemFree_bytes"}]}]}',
  good: '{"title": "Hosts", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Memory", "fieldConfig": {"defaults": {"unit": "bytes"}}, "targets": [{"expr": "node_memory_MemFree_bytes"}]}]}',
  judge: ({ panels, pointer }) => {
    const without = panels.filter(
      (panel) => measuring.has(panel.type) && panel.targets.some(({ isPromql }) => isPromql) && !hasUnit(panel),
    );
    const [first] = without;
    if (first === undefined) return [];
    const more = without.length === 1 ? '' : `, and ${without.length - 1} more like it`;
    return [{ text: `The panel "${first.title}" has no unit${more}.`, pointer: first.pointer.slice(pointer.length) }];
  },
};

/** In the defaults, in an override, in the axes of old panels, or mapped to words so that no number is shown. */
function hasUnit({ value }: Panel): boolean {
  const config = mappingOf(value.fieldConfig);
  const defaults = mappingOf(config.defaults);
  if (textOf(defaults.unit) !== '' || listOf(defaults.mappings).length > 0 || textOf(value.format) !== '') return true;
  if (JSON.stringify(config.overrides ?? []).includes('"unit"')) return true;
  return listOf(value.yaxes).some((axis) => textOf(mappingOf(axis).format) !== '');
}

function mappingOf(value: YamlValue | undefined) {
  return isMapping(value) ? value : {};
}
