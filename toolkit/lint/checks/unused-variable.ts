import type { Check } from '../check.ts';
import type { DashboardFile } from '../lint-input.ts';

export const check: Check = {
  code: 'unused-variable',
  about: 'dashboard',
  severity: 'notice',
  summary: 'Variable that nothing uses',
  why: 'People choose a site at the top and believe that they see only that one.',
  hint: 'Use it in the queries, or delete it.',
  bad: '{"title": "Hosts", "schemaVersion": 39, "templating": {"list": [{"name": "site", "type": "query"}]}, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "targets": [{"expr": "up"}]}]}',
  good: '{"title": "Hosts", "schemaVersion": 39, "templating": {"list": [{"name": "site", "type": "query"}]}, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "targets": [{"expr": "up{site=\\"$site\\"}"}]}]}',
  judge: (dashboard) => {
    const { variables, pointer } = dashboard;
    const named = variables.filter(({ name, type }) => name !== '' && type !== 'adhoc' && type !== 'datasource');
    if (named.length === 0) return [];
    const used = namesUsed(dashboard);
    return named
      .filter(({ name }) => !used.has(name))
      .map(({ name, pointer: at }) => ({
        text: `Nothing in the dashboard uses $${name}.`,
        pointer: at.slice(pointer.length),
        found: name,
      }));
  },
};

/** In queries, titles, links, repeats and other variables alike. */
function namesUsed({ value }: DashboardFile): ReadonlySet<string> {
  const text = JSON.stringify(value);
  const inText = [...text.matchAll(/\$(\w+)|\$\{(\w+)[^}]*\}|\[\[(\w+)[^\]]*\]\]/g)].flatMap(
    ([, plain, braced, old]) => plain ?? braced ?? old ?? [],
  );
  const repeated = [...text.matchAll(/"repeat":"(\w+)"/g)].flatMap(([, name]) => name ?? []);
  return new Set([...inText, ...repeated]);
}
