import type { Check } from '../check.ts';

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
    const text = JSON.stringify(dashboard.value);
    if (named.length === 0 || handsAllOn.test(text)) return [];
    const used = namesUsed(text);
    return named
      .filter(({ name }) => !used.has(name))
      .map(({ name, pointer: at }) => ({
        text: `Nothing in the dashboard uses $${name}.`,
        pointer: at.slice(pointer.length),
        found: name,
      }));
  },
};

/** A link that takes every variable along to the dashboards that it opens. */
const handsAllOn = /"includeVars":true|__all_variables/;

/** In queries, titles, links, repeats and other variables alike. */
function namesUsed(text: string): ReadonlySet<string> {
  const inText = [...text.matchAll(/\$(\w+)|\$\{(\w+)[^}]*\}|\[\[(\w+)[^\]]*\]\]/g)].flatMap(
    ([, plain, braced, old]) => plain ?? braced ?? old ?? [],
  );
  const repeated = [...text.matchAll(/"repeat":"(\w+)"/g)].flatMap(([, name]) => name ?? []);
  return new Set([...inText, ...repeated]);
}
