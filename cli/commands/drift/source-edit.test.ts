import { describe, expect, it } from 'vitest';
import type { ConfigurationItem, FieldChange, Resource } from '../../../toolkit/model/index.ts';
import type { Drift } from '../../../toolkit/plan/plan.ts';
import { thresholdReader } from './read-threshold.ts';
import { proposeEdits } from './source-edit.ts';
import { printSourcePatch } from './source-patch.ts';

const files: Readonly<Record<string, string>> = {
  'cmdb/items/host.csv': 'id,site,address\nmes-1,plant-1,10.0.0.7\nmes-2,plant-1,10.0.0.9\n',
  'cmdb/items/web.yaml': "items:\n  - id: web-1\n    attributes: { url: 'http://web.example/', expectedStatus: 200 }\n",
  'stacks/plant-1.ts': [
    "defineStack({ name: 'plant-1' })",
    "  .tune(item('mes-1'), hostAlerts.memoryShort, {",
    '    threshold: 0.05,',
    "    reason: 'A cache.',",
    '  })',
    "  .tune(item('mes-2'), hostAlerts.memoryShort, { threshold: 0.02, reason: 'Another.' })",
    "  .tune(item('mes-3'), hostAlerts.cpuBusy, {",
    "    threshold: baseline({ value: 0.8, quantile: 0.99, window: '30d', until: '2026-08-31' }),",
    "    reason: 'Nightly.',",
    '  });',
    '',
  ].join('\n'),
};

describe('drift to source', () => {
  it.each([
    {
      name: 'a value of a CSV cell',
      field: { pointer: '/record/attributes/address', before: '10.0.0.7', after: '10.0.0.8' },
      changed: '-mes-1,plant-1,10.0.0.7\n+mes-1,plant-1,10.0.0.8\n',
    },
    {
      name: 'a value that lies inside what was applied',
      field: { pointer: '/groups/0/targets/0', before: '10.0.0.7:9100', after: 'mes-1.example:9100' },
      changed: '-mes-1,plant-1,10.0.0.7\n+mes-1,plant-1,mes-1.example\n',
    },
    {
      name: 'a value that needs quotes in CSV',
      field: { pointer: '/record/attributes/address', before: '10.0.0.7', after: 'a,b' },
      changed: '-mes-1,plant-1,10.0.0.7\n+mes-1,plant-1,"a,b"\n',
    },
    {
      name: 'a quoted text of YAML, in the same quotes',
      field: { pointer: '/record/attributes/url', before: 'http://web.example/', after: "http://w'eb/" },
      changed:
        "-    attributes: { url: 'http://web.example/', expectedStatus: 200 }\n+    attributes: { url: 'http://w''eb/', expectedStatus: 200 }\n",
    },
    {
      name: 'a number of YAML',
      field: { pointer: '/record/attributes/expectedStatus', before: 200, after: 204 },
      changed:
        "-    attributes: { url: 'http://web.example/', expectedStatus: 200 }\n+    attributes: { url: 'http://web.example/', expectedStatus: 204 }\n",
    },
    {
      name: 'the threshold of a tuning',
      field: { pointer: '/group/rules/0/expr', before: 'vector(0.05)', after: 'vector(0.07)' },
      changed: '-    threshold: 0.05,\n+    threshold: 0.07,\n',
    },
    {
      name: 'the number in the place of one from history, which it is not any more',
      field: { pointer: '/group/rules/1/expr', before: 'vector(0.8)', after: 'vector(0.95)' },
      changed:
        "-    threshold: baseline({ value: 0.8, quantile: 0.99, window: '30d', until: '2026-08-31' }),\n+    threshold: 0.95,\n",
    },
  ])('proposes $name', ({ field, changed }) => {
    const { text, unplaced } = patchFor([field]);
    expect({
      lines: text
        .split('\n')
        .filter((line) => /^[+-][^+-]/.test(line))
        .map((line) => `${line}\n`)
        .join(''),
      unplaced,
    }).toEqual({
      lines: changed,
      unplaced: [],
    });
  });

  it.each([
    {
      name: 'a value that no source holds',
      field: { pointer: '/x', before: 'abc', after: 'def' },
      reason: 'no value in an inventory or a tuning stands behind it',
    },
    {
      name: 'a field that is gone',
      field: { pointer: '/x', before: 'abc' },
      reason: 'it is not one value that became another',
    },
    {
      name: 'a value that two sources hold',
      field: { pointer: '/x', before: 'plant-1', after: 'plant-2' },
      reason: 'more than one value could stand behind it',
    },
    {
      name: 'a value of several lines, which one line of a file cannot hold',
      field: { pointer: '/x', before: '10.0.0.7', after: '=cmd|x\nzeile' },
      reason: 'cmdb/items/host.csv:2 cannot take a value of several lines',
    },
    {
      name: 'a file that has moved on',
      field: { pointer: '/x', before: 'gone-1', after: 'gone-2' },
      reason: 'cmdb/items/gone.csv:1 does not hold its value',
    },
  ])('leaves $name to people', ({ field, reason }) => {
    const { text, unplaced } = patchFor([field]);
    expect({ text, unplaced }).toEqual({ text: '', unplaced: [{ address, pointer: '/x', reason }] });
  });

  it('proposes nothing where two drifts want different things of one value', () => {
    const { text, unplaced } = patchFor([
      { pointer: '/a', before: '10.0.0.7', after: '10.0.0.8' },
      { pointer: '/b', before: '10.0.0.7', after: '10.0.0.9' },
    ]);
    expect(text).toBe('');
    expect(unplaced.map(({ pointer }) => pointer)).toEqual(['/a', '/b']);
  });

  it('writes a patch that git can apply', async () => {
    const { text } = patchFor([
      { pointer: '/record/attributes/address', before: '10.0.0.7', after: '10.0.0.8' },
      { pointer: '/group/rules/0/expr', before: 'vector(0.05)', after: 'vector(0.07)' },
    ]);
    await expect(text).toMatchFileSnapshot('./golden/source.patch');
  });
});

const address = 'plant-1/cmdb-record/mes-1' as Resource['address'];

function patchFor(fields: readonly FieldChange[]) {
  const textOf = (file: string) => files[file] ?? null;
  const drift: Drift = { address, kind: 'changed', fields, detail: '' };
  const { edits, unplaced } = proposeEdits([drift], { items, resources: [resource] }, thresholdReader(textOf));
  const patch = printSourcePatch(edits, textOf);
  return { text: patch.text, unplaced: [...unplaced, ...patch.unplaced] };
}

const items = [
  itemOf(
    'mes-1',
    { site: 'plant-1', attributes: { address: '10.0.0.7' } },
    {
      '/site': { file: 'cmdb/items/host.csv', line: 2, column: 7 },
      '/attributes/address': { file: 'cmdb/items/host.csv', line: 2, column: 15 },
    },
  ),
  itemOf(
    'web-1',
    { site: 'plant-1', attributes: { url: 'http://web.example/', expectedStatus: 200, gone: 'gone-1' } },
    {
      '/site': { file: 'cmdb/items/web.yaml', line: 2, column: 5 },
      '/attributes/url': { file: 'cmdb/items/web.yaml', line: 3, column: 24 },
      '/attributes/expectedStatus': { file: 'cmdb/items/web.yaml', line: 3, column: 63 },
      '/attributes/gone': { file: 'cmdb/items/gone.csv', line: 1, column: 1 },
    },
  ),
];

function itemOf(id: string, fields: object, fieldSources: object): ConfigurationItem {
  return { id, class: 'host', ...fields, fieldSources } as unknown as ConfigurationItem;
}

const resource = {
  address,
  derivation: items.map(({ id }) => ({ kind: 'declaration', subject: id, text: '' })),
  parts: [
    {
      name: 'override',
      pointer: '/group/rules/0',
      derivation: [
        { kind: 'tuning', subject: 'mes-1', text: '', source: { file: 'stacks/plant-1.ts', line: 2, column: 4 } },
      ],
    },
    {
      name: 'override of history',
      pointer: '/group/rules/1',
      derivation: [
        { kind: 'tuning', subject: 'mes-3', text: '', source: { file: 'stacks/plant-1.ts', line: 7, column: 4 } },
      ],
    },
  ],
} as unknown as Resource;
