import type { Check } from '../check.ts';

export const check: Check = {
  code: 'undefined-variable',
  about: 'dashboard',
  severity: 'warning',
  summary: 'Variable that the dashboard does not have',
  why: 'Grafana sends the query with the dollar sign in it, and the panel stays empty.',
  hint: 'Add the variable, or correct its name.',
  bad: '{"title": "Hosts", "schemaVersion": 39, "templating": {"list": []}, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "targets": [{"expr": "up{site=\\"$site\\"}"}]}]}',
  good: '{"title": "Hosts", "schemaVersion": 39, "templating": {"list": [{"name": "site", "type": "query"}]}, "panels": [{"id": 1, "type": "timeseries", "title": "Up", "targets": [{"expr": "up{site=\\"$site\\"}"}]}]}',
  judge: ({ panels, variables, pointer }) => {
    const known = new Set(variables.map(({ name }) => name));
    const told = new Set<string>();
    return panels.flatMap(({ targets, title }) =>
      targets.flatMap((target) => {
        const missing = target.isPromql
          ? variablesIn(target.expression).find((name) => !known.has(name) && !told.has(name))
          : undefined;
        if (missing === undefined) return [];
        told.add(missing);
        return [
          {
            text: `The panel "${title}" uses $${missing}, and the dashboard has no such variable.`,
            pointer: `${target.pointer.slice(pointer.length)}/expr`,
            found: missing,
          },
        ];
      }),
    );
  },
};

/** Without those that Grafana has itself, and the `$1` of label_replace. */
function variablesIn(expression: string): readonly string[] {
  const withoutReplaced = expression.replaceAll(/"(?:[^"\\]|\\.)*\$\d(?:[^"\\]|\\.)*"/g, '""');
  return [...withoutReplaced.matchAll(/\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)[^}]*\}|\[\[(\w+)[^\]]*\]\]/g)]
    .flatMap(([, plain, braced, old]) => plain ?? braced ?? old ?? [])
    .filter((name) => !name.startsWith('__') && !/^(?:interval|timeFilter)$/.test(name));
}
