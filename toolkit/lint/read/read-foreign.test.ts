import { describe, expect, it } from 'vitest';
import { printSpan } from '../../diagnostics/index.ts';
import { type ForeignFile, readForeign } from './read-foreign.ts';

const rules = 'groups:\n  - name: a\n    rules:\n      - alert: Down\n        expr: up == 0\n';
const dashboard = '{"title": "Hosts", "uid": "h", "schemaVersion": 39, "panels": [{"id": 1, "type": "stat"}]}';

function indented(text: string, by: string): string {
  return text.replaceAll(/^(?=.)/gm, by);
}

/** What was found in one file: how many of which kind, and where the first thing of it stands. */
function kindsIn(path: string, text: string): readonly string[] {
  const { input } = readForeign([{ path, text }], '0.34');
  const { ruleFiles, alertmanagers, dashboards, prometheuses, silences } = input;
  const rulesFound = ruleFiles.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  return [
    ...rulesFound.map(({ document, pointer, name }) => `${name} at ${printSpan(document.positionOf(pointer))}`),
    ...alertmanagers.map(() => 'Alertmanager'),
    ...dashboards.map(({ title, panels }) => `${title} with ${panels.length} panels`),
    ...prometheuses.map(({ scrapeIntervalMs }) => `Prometheus every ${scrapeIntervalMs} ms`),
    ...silences.map(({ value }) => `${value.length} silences`),
  ];
}

describe('what a file is, by what it holds', () => {
  it.each([
    { name: 'a rule file', path: 'a.yml', text: rules, found: ['Down at a.yml:4:9'] },
    {
      name: 'an object of the Prometheus operator, behind another document',
      path: 'a.yaml',
      text: `kind: Service\n---\nkind: PrometheusRule\nspec:\n${indented(rules, '  ')}`,
      found: ['Down at a.yaml:8:11'],
    },
    {
      name: 'rules in a ConfigMap, at their own lines',
      path: 'a.yaml',
      text: `kind: ConfigMap\ndata:\n  rules.yml: |\n${indented(rules, '    ')}`,
      found: ['Down at a.yaml:7:13'],
    },
    {
      name: 'rules in JSON',
      path: 'a.json',
      text: '{"groups":[{"name":"a","rules":[{"alert":"Down","expr":"up == 0"}]}]}',
      found: ['Down at a.json:1:33'],
    },
    { name: 'a dashboard', path: 'a.json', text: dashboard, found: ['Hosts with 1 panels'] },
    {
      name: 'a dashboard as the API gives it',
      path: 'a.json',
      text: `{"meta": {}, "dashboard": ${dashboard}}`,
      found: ['Hosts with 1 panels'],
    },
    {
      name: 'a dashboard in a ConfigMap',
      path: 'a.yaml',
      text: `kind: ConfigMap\ndata:\n  hosts.json: |-\n    ${dashboard}\n`,
      found: ['Hosts with 1 panels'],
    },
    {
      name: 'panels inside a collapsed row',
      path: 'a.json',
      text: '{"title": "Rows", "schemaVersion": 39, "panels": [{"type": "row", "panels": [{"id": 2}, {"id": 3}]}]}',
      found: ['Rows with 3 panels'],
    },
    {
      name: 'a configuration of Alertmanager',
      path: 'am.yml',
      text: 'route: {receiver: a}\nreceivers:\n  - name: a\n',
      found: ['Alertmanager'],
    },
    {
      name: 'a configuration of Prometheus',
      path: 'prometheus.yml',
      text: 'global:\n  scrape_interval: 30s\nscrape_configs:\n  - job_name: a\n',
      found: ['Prometheus every 30000 ms'],
    },
    {
      name: 'silences of the API',
      path: 's.json',
      text: '[{"matchers": [], "endsAt": "2027-01-01T00:00:00Z"}]',
      found: ['1 silences'],
    },
    {
      name: 'a file of another program with groups',
      path: 'a.yml',
      text: 'groups:\n  - name: sudo\n    members: [a]\n',
      found: [],
    },
    { name: 'an empty file', path: 'a.yml', text: '', found: [] },
  ])('$name', ({ path, text, found }) => {
    expect(kindsIn(path, text)).toEqual(found);
  });
});

describe('what cannot be read is told once, where it is', () => {
  const told = (file: ForeignFile) =>
    readForeign([file], '0.34').diagnostics.map(
      ({ code, position }) => `${code} ${position?.line}:${position?.column}`,
    );

  it.each([
    {
      name: 'JSON that ends too early',
      path: 'a.json',
      text: '{"panels": [1, 2,',
      codes: ['lint-file/json-syntax 1:18'],
    },
    {
      name: 'YAML with one mistake and what follows from it',
      path: 'a.yml',
      text: `${rules}   bad: [\n  x\n`,
      codes: ['yaml/syntax 6:1'],
    },
    {
      name: 'a template of Helm',
      path: 'a.yaml',
      text: `{{- if .Values.rules }}\n${rules}{{- end }}\n`,
      codes: ['lint-file/template-file 1:1'],
    },
    {
      name: 'a key written twice, with the rest judged',
      path: 'a.yml',
      text: `${rules}        expr: up\n`,
      codes: ['yaml/duplicate-key 6:9'],
    },
    { name: 'broken YAML of another program', path: 'a.yml', text: 'data: [\n', codes: [] },
  ])('$name', ({ path, text, codes }) => {
    expect(told({ path, text })).toEqual(codes);
  });
});
