import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject, makeAddress, type ObjectReference, type Resource } from '../../model/index.ts';
import {
  describeProvider,
  directoryContents,
  directoryFingerprint,
  type TargetUnderTest,
} from '../../testing/index.ts';
import { grafanaProvider } from './provider.ts';

const panel = { id: 1, type: 'timeseries', title: 'CPU', gridPos: { x: 0, y: 0, w: 12, h: 8 } };
const overview = { uid: 'hosts', title: '主机', schemaVersion: 39, panels: [panel] };

const dashboard = {
  address: makeAddress({ stack: 'plant', type: 'grafana-dashboard', name: 'hosts' }),
  type: 'grafana-dashboard',
  spec: { folder: '机房/一号', dashboard: overview },
  changedSpec: {
    folder: '机房/一号',
    dashboard: { ...overview, panels: [panel, { ...panel, id: 2, gridPos: { x: 12, y: 0, w: 12, h: 8 } }] },
  },
};
const datasource = {
  address: makeAddress({ stack: 'plant', type: 'grafana-provisioning', name: 'datasources-prometheus' }),
  type: 'grafana-provisioning',
  spec: {
    kind: 'datasources',
    name: 'prometheus',
    document: {
      apiVersion: 1,
      datasources: [{ name: 'prometheus', type: 'prometheus', uid: 'prom', url: 'http://prometheus.example' }],
    },
  },
  changedSpec: { kind: 'datasources', name: 'prometheus', document: { apiVersion: 1, datasources: [] } },
};
const resource: Resource = {
  address: dashboard.address,
  aliases: [],
  type: dashboard.type,
  target: 'grafana',
  spec: dashboard.spec,
  dependsOn: [],
  owner: 'team',
  tenant: null,
  tier: 'L3',
  criticality: 'low',
  clauses: [],
  lifecycle: { protect: false, ignore: [], retainOnDelete: false },
  source: { file: 'stacks/plant.ts', line: 3, column: 7 },
  derivation: [],
  parts: [],
};

describeProvider('grafana', { provider: grafanaProvider, open: openDirectory, samples: [dashboard, datasource] });

describe('canonical', () => {
  it('leaves out what Grafana counts itself', () => {
    const [{ canonical } = { canonical: (spec: JsonObject) => spec }] = grafanaProvider.resourceTypes;
    const saved = { folder: 'a', dashboard: { ...overview, id: 12, version: 4, iteration: 99 } };
    expect(canonical(saved)).toEqual({ folder: 'a', dashboard: overview });
  });
});

describe('validate', () => {
  it.each([
    { name: 'a uid that is too long', change: { uid: 'x'.repeat(41) }, code: 'grafana/bad-uid' },
    { name: 'a uid with a blank', change: { uid: 'a b' }, code: 'grafana/bad-uid' },
    { name: 'no title', change: { title: '' }, code: 'grafana/bad-spec' },
    { name: 'no schema version', change: { schemaVersion: null }, code: 'grafana/bad-spec' },
    { name: 'a panel without a type', change: { panels: [{ ...panel, type: null }] }, code: 'grafana/bad-spec' },
    {
      name: 'a panel that is too wide',
      change: { panels: [{ ...panel, gridPos: { x: 20, y: 0, w: 8, h: 8 } }] },
      code: 'grafana/bad-spec',
    },
    {
      name: 'two panels of one id',
      change: { panels: [panel, { ...panel, type: 'row', id: 1, panels: [] }] },
      code: 'grafana/duplicate-panel-id',
    },
  ])('refuses a dashboard with $name', ({ change, code }) => {
    const spec: JsonObject = { folder: 'a', dashboard: { ...overview, ...change } };
    expect(grafanaProvider.validate({ ...resource, spec }).map((one) => [one.code, one.position])).toEqual([
      [code, resource.source],
    ]);
  });

  it.each([
    { name: 'of a kind that Grafana does not read', spec: { kind: 'plugins', name: 'a', document: { apiVersion: 1 } } },
    { name: 'without its list', spec: { kind: 'dashboards', name: 'a', document: { apiVersion: 1 } } },
    {
      name: 'of another version',
      spec: { kind: 'datasources', name: 'a', document: { apiVersion: 2, datasources: [] } },
    },
  ])('refuses a provisioning file $name', ({ spec }) => {
    const found = grafanaProvider.validate({ ...resource, type: 'grafana-provisioning', spec });
    expect(found.map((one) => one.code)).toEqual(['grafana/bad-spec']);
  });
});

async function openDirectory(): Promise<TargetUnderTest> {
  const directory = await mkdtemp(path.join(tmpdir(), 'opsctl-grafana-'));
  return {
    binding: { stack: 'plant', target: 'grafana', provider: 'grafana', settings: { directory } },
    contents: () => directoryContents(directory),
    fingerprint: () => directoryFingerprint(directory),
    changeByHand: (sample) => writeFile(path.join(directory, fileOf(sample)), '{"uid": "hosts", "title": "by hand"}'),
    breakByHand: (sample) => writeFile(path.join(directory, fileOf(sample)), '{"uid": '),
    close: () => rm(directory, { recursive: true }),
  };
}

function fileOf({ type, spec }: ObjectReference): string {
  if (type === 'grafana-provisioning') return 'provisioning/datasources/prometheus.yaml';
  return `dashboards/机房%2F一号/${isJsonObject(spec.dashboard) ? String(spec.dashboard.uid) : ''}.json`;
}
