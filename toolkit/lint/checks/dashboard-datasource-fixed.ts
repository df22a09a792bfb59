import type { YamlValue } from '../../languages/yaml/index.ts';
import type { Check, Problem } from '../check.ts';
import { isMapping, textOf } from '../read/fields.ts';

export const check: Check = {
  code: 'dashboard-datasource-fixed',
  about: 'dashboard',
  severity: 'notice',
  summary: 'Data source written into a panel',
  why: 'The identifier of a data source is that of one Grafana: in every other one the panel is empty.',
  hint: 'Add a variable of type datasource, and use $datasource in the panels.',
  bad: '{"title": "Hosts", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "datasource": {"type": "prometheus", "uid": "PBFA97CFB590B2093"}, "targets": [{"expr": "up"}]}]}',
  good: '{"title": "Hosts", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "datasource": {"type": "prometheus", "uid": "$datasource"}, "targets": [{"expr": "up"}]}], "templating": {"list": [{"name": "datasource", "type": "datasource", "query": "prometheus"}]}}',
  judge: ({ panels, pointer }) => {
    const fixed = panels.flatMap((panel) => {
      const uid = uidOf(panel.value.datasource);
      return panel.targets.some(({ isPromql }) => isPromql) && uid !== null ? [{ panel, uid }] : [];
    });
    const byUid = Map.groupBy(fixed, ({ uid }) => uid);
    return [...byUid].flatMap(([uid, found]): readonly Problem[] => {
      const [first] = found;
      if (first === undefined) return [];
      const text = `${found.length === 1 ? 'One panel asks' : `${found.length} panels ask`} the data source ${uid}.`;
      return [{ text, pointer: `${first.panel.pointer.slice(pointer.length)}/datasource`, found: uid }];
    });
  },
};

/** Null where none is fixed: the default of Grafana, a variable, or Grafana's own mixed and dashboard sources. */
function uidOf(datasource: YamlValue | undefined): string | null {
  const uid = isMapping(datasource) ? textOf(datasource.uid) : textOf(datasource);
  return uid === '' || /^\$|^\[\[|^-- |^default$|^grafana$/i.test(uid) ? null : uid;
}
