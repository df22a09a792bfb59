import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Imported } from '../import/index.ts';
import type { Resource } from '../model/index.ts';
import { proveImport } from './prove-import.ts';
import { type ImportKind, readImport } from './read-import.ts';
import { writeImport } from './write-import.ts';

const rules = `groups:
  - name: a
    interval: 1m
    query_offset: 30s
    labels: {area: hall}
    rules:
      - alert: Down
        expr: up{job="a"} == 0 unless on () vector(0) > 1
        for: 90s
        keep_firing_for: 5m
        labels: {severity: critical}
        annotations: {summary: "a\\n{{ $value }} \`b\` \${c}"}
      - record: a:b
        expr: sum(up)
  - name: b
    limit: 5
    rules: [{record: "a:c", expr: "1"}]
`;
const dashboard = JSON.stringify({
  __inputs: [{ name: 'DS_A', type: 'datasource', pluginId: 'prometheus' }],
  uid: 'a',
  id: 7,
  title: 'A',
  schemaVersion: 39,
  panels: [{ id: 1, type: 'stat', gridPos: { h: 3, w: 6 }, datasource: { uid: '${DS_A}' }, targets: [{ expr: 'up' }] }],
});
const alertmanager = `global: {slack_api_url: "https://hooks.example/T0"}
templates: ['*.tmpl']
route:
  receiver: rest
  routes:
    - matchers: [team=~"a|b", severity!="info"]
      receiver: chat
      continue: true
      active_time_intervals: [days]
    - match_re: {team: "b.*"}
      receiver: rest
      group_by: ['...']
receivers:
  - name: rest
  - name: chat
    slack_configs: [{channel: '#a'}]
inhibit_rules:
  - {source_match: {severity: critical}, target_matchers: ['severity="warning"'], equal: [host]}
time_intervals:
  - {name: days, time_intervals: [{weekdays: ['monday:friday']}]}
`;

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'opsctl-prove-'));
  await Promise.all([
    writeFile(join(base, 'rules.yml'), rules),
    writeFile(join(base, 'dashboard.json'), dashboard),
    writeFile(join(base, 'alertmanager.yml'), alertmanager),
    writeFile(join(base, 'chat.tmpl'), '{{ define "chat" }}x{{ end }}'),
  ]);
});
afterAll(() => rm(base, { recursive: true, force: true }));

async function importOf(kind: ImportKind, file: string): Promise<Imported> {
  const { imported } = await readImport(kind, [file], base);
  if (imported === null) throw new Error(`Nothing of ${file} was imported.`);
  return imported;
}

const files = { rules: 'rules.yml', dashboards: 'dashboard.json', alertmanager: 'alertmanager.yml' };
const compiled = new Map<ImportKind, readonly Resource[]>();

it.each(Object.entries(files) as [ImportKind, string][])('%s compile to what was read', async (kind, file) => {
  const imported = await importOf(kind, file);
  const compare = (resources: readonly Resource[]) => {
    compiled.set(kind, resources);
    return imported.compare(resources);
  };
  expect(await proveImport({ ...imported, compare })).toEqual([]);
});

it('content that would not compile is told', async () => {
  const imported = await importOf('rules', 'rules.yml');
  const broken = new Map([...imported.files].map(([file, text]) => [file, text.replace("for: '90s'", "for: 'never'")]));
  const found = await proveImport({ ...imported, files: broken });
  expect(found.map(({ code, position }) => `${code} ${position?.file}`)).toEqual([
    'declaration/wrong-value alerts/imported/rules.ts',
  ]);
});

describe('a difference is found', () => {
  it.each<{ name: string; kind: ImportKind; from: string; to: string }>([
    { name: 'in a label matcher', kind: 'rules', from: 'job=\\"a\\"', to: 'job=\\"b\\"' },
    { name: 'in a waiting time', kind: 'rules', from: '"1m30s"', to: '"1m31s"' },
    { name: 'in keep_firing_for', kind: 'rules', from: '"keep_firing_for":"5m"', to: '"keep_firing_for":"6m"' },
    { name: 'in an annotation', kind: 'rules', from: '$value', to: '$labels' },
    { name: 'in a label', kind: 'rules', from: '"critical"', to: '"page"' },
    { name: 'in an interval', kind: 'rules', from: '"interval":"1m"', to: '"interval":"2m"' },
    { name: 'in an offset', kind: 'rules', from: '"query_offset":"30s"', to: '"query_offset":"31s"' },
    { name: 'in the labels of a group', kind: 'rules', from: '"hall"', to: '"yard"' },
    { name: 'in a limit', kind: 'rules', from: '"limit":5', to: '"limit":6' },
    { name: 'in the name of a rule', kind: 'rules', from: '"a:b"', to: '"a:d"' },
    { name: 'in a query', kind: 'dashboards', from: '"expr":"up"', to: '"expr":"down"' },
    { name: 'in the size of a panel', kind: 'dashboards', from: '"h":3', to: '"h":4' },
    { name: 'in a matcher of a route', kind: 'alertmanager', from: 'team=~\\"a|b\\"', to: 'team=~\\"a|c\\"' },
    { name: 'in whether a route continues', kind: 'alertmanager', from: '"continue":true', to: '"continue":false' },
    {
      name: 'in the hours of a route',
      kind: 'alertmanager',
      from: '"active_time_intervals":["days"]',
      to: '"continue":true',
    },
    { name: 'in how alerts are grouped', kind: 'alertmanager', from: '["..."]', to: '["team"]' },
    { name: 'in inhibition', kind: 'alertmanager', from: '"equal":["host"]', to: '"equal":["site"]' },
    { name: 'in a channel', kind: 'alertmanager', from: '"#a"', to: '"#b"' },
    { name: 'in the days of an interval', kind: 'alertmanager', from: 'monday:friday', to: 'monday:saturday' },
  ])('$name', async ({ kind, from, to }) => {
    const text = JSON.stringify(compiled.get(kind));
    const changed = text.replace(from, () => to);
    expect(changed).not.toBe(text);
    const found = (await importOf(kind, files[kind])).compare(JSON.parse(changed) as readonly Resource[]);
    expect([...new Set(found.map(({ position }) => position.file))]).toEqual([files[kind]]);
  });
});

it('templates are carried, and secrets are not', async () => {
  const { files, diagnostics } = await importOf('alertmanager', 'alertmanager.yml');
  const text = [...files.values()].join('');
  expect(text).toContain('{{ define "chat" }}x{{ end }}');
  expect(text).not.toContain('hooks.example');
  expect(diagnostics.map(({ code, position }) => `${code} ${position?.line}`)).toEqual(['import/secret 1']);
});

it('a folder that is written takes the place of the former one, and keeps what else is there', async () => {
  const folder = join(base, 'out/imported');
  await writeImport(folder, new Map([['a.ts', '1']]));
  await writeFile(join(folder, 'mine.ts'), 'mine');
  await writeImport(folder, new Map([['a.ts', '2']]));
  const read = await Promise.all(['a.ts', 'mine.ts'].map((file) => readFile(join(folder, file), 'utf8')));
  expect({ read, beside: await readdir(join(base, 'out')) }).toEqual({ read: ['2', 'mine'], beside: ['imported'] });
});

it('a folder that cannot be written leaves nothing behind', async () => {
  await writeFile(join(base, 'file'), '');
  await expect(writeImport(join(base, 'file/imported'), new Map([['a.ts', '1']]))).rejects.toMatchObject({
    diagnostic: { code: 'host/not-a-directory' },
  });
});
