import { describe, expect, it } from 'vitest';
import { type ReadPanel, readDashboard } from './index.ts';

const gridPos = { x: 2, y: 3, w: 8, h: 4 };

describe('where a dashboard is found', () => {
  it.each([
    { name: 'as it is exported', value: { title: 'a', panels: [] } },
    { name: 'as the API gives it', value: { meta: {}, dashboard: { title: 'a', panels: [] } } },
    { name: 'as an object of Kubernetes', value: { kind: 'Dashboard', spec: { title: 'a', panels: [] } } },
    { name: 'as it was before Grafana 5', value: { title: 'a', rows: [] } },
  ])('$name', ({ value }) => {
    expect(readDashboard(value)?.title).toBe('a');
  });

  it.each([{ value: null }, { value: [] }, { value: 'a' }, { value: { title: 'a' } }, { value: { panels: 'many' } }])(
    'not in $value',
    ({ value }) => {
      expect(readDashboard(value)).toBeNull();
    },
  );
});

describe('panels', () => {
  it('of old rows stand one row below the other, a new line where the width is full', () => {
    const span = (title: string) => ({ type: 'graph', title, span: 6 });
    const rows = [{ height: '380px', panels: [span('a'), span('b'), span('c')] }, { panels: [span('d')] }];
    const panels = readDashboard({ rows })!.panels;
    expect(panels.map(({ title, type, place }) => [title, type, place])).toEqual([
      ['a', 'timeseries', { x: 0, y: 0, w: 12, h: 10 }],
      ['b', 'timeseries', { x: 12, y: 0, w: 12, h: 10 }],
      ['c', 'timeseries', { x: 0, y: 10, w: 12, h: 10 }],
      ['d', 'timeseries', { x: 0, y: 20, w: 12, h: 7 }],
    ]);
  });

  it('of a library are found beside the dashboard', () => {
    const model = { type: 'stat', title: 'from the library', targets: [{ expr: 'up' }] };
    const panel = { id: 3, gridPos, libraryPanel: { uid: 'lib', name: 'Library' } };
    const { panels } = readDashboard({ panels: [panel], __elements: { lib: { model } } })!;
    expect(panels).toMatchObject([{ id: 3, type: 'stat', title: 'from the library', place: gridPos }]);
  });

  it('that lack everything still have a place', () => {
    expect(onlyPanel({})).toMatchObject({ type: '', title: '', place: { x: 0, y: 0, w: 12, h: 8 }, targets: [] });
    expect(onlyPanel({ gridPos: { x: 20, y: -4, w: 99, h: 'high' } }).place).toEqual({ x: 20, y: 0, w: 4, h: 8 });
  });

  it.each([
    { source: { type: 'loki', uid: 'x' }, expr: '{a="b"}', language: 'loki' },
    { source: { type: 'prometheus', uid: 'x' }, expr: 'up', language: '' },
    { source: { uid: '$datasource' }, expr: 'up', language: '' },
    { source: 'MySQL of the shop', expr: '', language: 'SQL' },
    { source: undefined, expr: '', language: 'another language' },
  ])('whose queries are for $source are of language "$language"', ({ source, expr, language }) => {
    expect(onlyPanel({ targets: [{ expr, datasource: source }] }).targets[0]?.otherLanguage).toBe(language);
  });
});

describe('how values are written', () => {
  it('in the newest form', () => {
    const defaults = {
      unit: 'bytes',
      min: 0,
      thresholds: {
        mode: 'absolute',
        steps: [
          { color: 'green', value: null },
          { color: 'red', value: 90 },
        ],
      },
      color: { mode: 'fixed', fixedColor: 'blue' },
    };
    expect(onlyPanel({ fieldConfig: { defaults } }).field).toMatchObject({
      unit: 'bytes',
      min: 0,
      max: null,
      fixedColour: 'blue',
      steps: [
        { from: null, colour: 'green' },
        { from: 90, colour: 'red' },
      ],
    });
  });

  it('of an old single value', () => {
    const old = { type: 'singlestat', format: 'percent', thresholds: '80,90', colors: ['green', 'orange', 'red'] };
    expect(onlyPanel(old)).toMatchObject({
      type: 'stat',
      field: {
        unit: 'percent',
        steps: [
          { from: null, colour: 'green' },
          { from: 80, colour: 'orange' },
          { from: 90, colour: 'red' },
        ],
      },
    });
  });

  it.each([
    {
      name: 'a value',
      mapping: { type: 'value', options: { 1: { text: 'up', color: 'green' } } },
      value: 1,
      text: 'up',
    },
    {
      name: 'a range',
      mapping: { type: 'range', options: { from: 2, to: 5, result: { text: 'some' } } },
      value: 3,
      text: 'some',
    },
    {
      name: 'a range without an end',
      mapping: { type: 'range', options: { from: 2, to: null, result: { text: 'many' } } },
      value: 99,
      text: 'many',
    },
    {
      name: 'no value',
      mapping: { type: 'special', options: { match: 'null', result: { text: 'none' } } },
      value: null,
      text: 'none',
    },
    {
      name: 'a pattern',
      mapping: { type: 'regex', options: { pattern: '/^7/', result: { text: 'seven' } } },
      value: 77,
      text: 'seven',
    },
    {
      name: 'a pattern that does not compile',
      mapping: { type: 'regex', options: { pattern: '(', result: { text: 'x' } } },
      value: 1,
      text: undefined,
    },
    { name: 'a value of an old mapping', mapping: { type: 1, value: '1', text: 'ja' }, value: 1, text: 'ja' },
  ])('words stand for $name', ({ mapping, value, text }) => {
    const { mappings } = onlyPanel({ fieldConfig: { defaults: { mappings: [mapping] } } }).field;
    expect(mappings.find(({ matches }) => matches(value, value === null ? '' : String(value)))?.text).toBe(text);
  });

  it.each([
    { matcher: { id: 'byName', options: 'web-1' }, matches: true },
    { matcher: { id: 'byRegexp', options: '/^WEB/i' }, matches: true },
    { matcher: { id: 'byRegexp', options: '*' }, matches: undefined },
    { matcher: { id: 'byFrameRefID', options: 'B' }, matches: false },
  ])('an override $matcher is for web-1 of A: $matches', ({ matcher, matches }) => {
    const properties = [
      { id: 'unit', value: 's' },
      { id: 'custom.fillOpacity', value: 3 },
    ];
    const [override] = onlyPanel({ fieldConfig: { overrides: [{ matcher, properties }] } }).overrides;
    expect(override?.matches('web-1', 'A', {})).toBe(matches);
    if (override !== undefined) expect(override.change).toEqual({ unit: 's', custom: { fillOpacity: 3 } });
  });
});

function onlyPanel(panel: object): ReadPanel {
  return readDashboard({ panels: [panel] })!.panels[0]!;
}
