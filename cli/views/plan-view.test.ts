import { describe, expect, it } from 'vitest';
import {
  type Address,
  type AppliedResource,
  digestOf,
  type JsonObject,
  type Observation,
  plainLifecycle,
  type Resource,
} from '../../toolkit/model/index.ts';
import { type Plan, type PlanInput, planChanges, secretKey } from '../../toolkit/plan/index.ts';
import { plainResource, stateOf } from '../../toolkit/testing/arbitraries.ts';
import type { Terminal } from '../output/view.ts';
import { planView } from './plan-view.ts';

const terminal: Terminal = { paint: (_style, text) => text, width: 100, isVerbose: false };

function at(text: string): Address {
  return text as Address;
}

function rules(alerts: Readonly<Record<string, string>>): JsonObject {
  const list = Object.entries(alerts).map(([alert, expr]) => ({
    alert,
    expr,
    for: '5m',
    labels: { severity: 'warning' },
  }));
  return { file: 'rules/host.yml', group: { name: 'host', interval: '30s', rules: list } };
}

const busy =
  '100 * (1 - avg by (item) (rate(node_cpu_seconds_total{class="host",mode="idle"}[5m]))) unless on (item) opsctl_waived';

const declared: readonly Resource[] = [
  plainResource(at('plant-east-1/prometheus-rules/host'), {
    target: 'prometheus',
    spec: rules({ HostDown: 'up == 0', CpuBusy: `${busy} > 95`, DiskFull: 'disk_free < 5' }),
    criticality: 'critical',
    source: { file: 'stacks/plant-east-1.ts', line: 14, column: 4 },
    parts: ['HostDown', 'CpuBusy', 'DiskFull'].map((name, index) => ({
      name,
      pointer: `/group/rules/${index}`,
      derivation: [],
    })),
  }),
  ...['httpd', 'mysql', 'redis'].map((name) =>
    plainResource(at(`plant-east-1/prometheus-targets/${name}`), {
      target: 'prometheus',
      spec: { labels: { tier: 'L3' } },
    }),
  ),
  ...Array.from({ length: 14 }, (_, index) =>
    plainResource(at(`plant-east-1/dashboards/d${String(index).padStart(2, '0')}`), {
      target: 'grafana',
      spec: { index },
    }),
  ),
  plainResource(at('region-east/alertmanager-config/main'), {
    target: 'alertmanager',
    spec: { receiver: 'ops', token: { $secret: 'env:WECOM_SECRET' } },
    owner: 'ops',
    derivation: [{ kind: 'declaration', subject: 'alertmanager-1', text: 'It is declared.' }],
  }),
  plainResource(at('region-east/texts/motd'), { target: 'files', spec: { path: 'motd', text: 'one\n2\nthree\n' } }),
  plainResource(at('region-east/texts/new-name'), {
    target: 'files',
    spec: { path: 'n' },
    aliases: [at('region-east/texts/old-name')],
  }),
  plainResource(at('region-east/texts/moved'), { target: 'files', spec: { path: 'there', text: 'x' } }),
];

const records: readonly AppliedResource[] = [
  record(
    'plant-east-1/prometheus-rules/host',
    rules({ HostDown: 'up == 0', CpuBusy: `${busy} > 90`, Old: 'old' }),
    'prometheus',
  ),
  ...['httpd', 'mysql', 'redis'].map((name) =>
    record(`plant-east-1/prometheus-targets/${name}`, { labels: {} }, 'prometheus'),
  ),
  record('plant-east-1/prometheus-rules/legacy', { file: 'rules/legacy.yml' }, 'prometheus', { protect: true }),
  record(
    'region-east/alertmanager-config/main',
    { receiver: 'ops', token: { $secret: 'env:WECOM_SECRET' } },
    'alertmanager',
  ),
  record('region-east/texts/motd', { path: 'motd', text: 'one\ntwo\nthree\n' }, 'files'),
  record('region-east/texts/old-name', { path: 'n' }, 'files'),
  record('region-east/texts/moved', { path: 'here', text: 'x' }, 'files'),
];

function record(
  address: string,
  spec: JsonObject,
  target: string,
  lifecycle: Partial<Resource['lifecycle']> = {},
): AppliedResource {
  return {
    address: at(address),
    type: address.split('/')[1] ?? '',
    target,
    spec,
    secrets: target === 'alertmanager' ? { 'env:WECOM_SECRET': 'former' } : {},
    dependsOn: [],
    lifecycle: { ...plainLifecycle, ...lifecycle },
    owner: target === 'alertmanager' ? 'ops' : 'team-a',
  };
}

function planOf(overrides: Partial<PlanInput> = {}): Plan {
  const observed = new Map<Address, Observation>(declared.map(({ address }) => [address, { state: 'absent' }]));
  for (const { address, spec } of records) observed.set(address, { state: 'present', spec });
  const drifted = {
    ...rules({ HostDown: 'up == 0', CpuBusy: `${busy} > 90`, Old: 'old' }),
    'added\u001b[2Jby hand': true,
  };
  observed.set(at('plant-east-1/prometheus-rules/host'), { state: 'present', spec: drifted });
  const digest = digestOf('test');
  const types = [...new Set(declared.map(({ type }) => type))];
  return planChanges({
    environment: 'production',
    types: new Map(types.map((type) => [type, { type, canonical: (spec: JsonObject) => spec, replaceOn: ['/path'] }])),
    desired: declared,
    states: ['plant-east-1', 'region-east'].map((stack) =>
      stateOf(
        stack,
        records.filter(({ address }) => address.startsWith(`${stack}/`)),
      ),
    ),
    observed,
    unmanaged: [
      {
        stack: 'plant-east-1',
        target: 'prometheus',
        type: 'prometheus-rules',
        name: 'test',
        location: 'rules/test.yml',
      },
    ],
    identities: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude: ['*/d13'] },
    adopt: new Set(),
    brakes: { maxDeletes: 10, maxDeleteShare: 0.5, allowedDeletes: 0, allowEmpty: false },
    secrets: new Map([[secretKey('region-east', 'env:WECOM_SECRET'), 'present']]),
    ...overrides,
  });
}

describe('the plan view', () => {
  it.each([
    { name: 'for a terminal', file: 'plan.txt', isVerbose: false, width: 100 },
    { name: 'in full', file: 'plan-verbose.txt', isVerbose: true, width: 100 },
    { name: 'for a narrow terminal', file: 'plan-narrow.txt', isVerbose: false, width: 60 },
  ])('reads as the golden file says $name', async ({ file, isVerbose, width }) => {
    await expect(planView.human(planOf(), { ...terminal, isVerbose, width })).toMatchFileSnapshot(`./golden/${file}`);
  });

  it('says in three lines that there is nothing to do', () => {
    const plan = planOf({
      desired: [],
      states: [],
      unmanaged: [],
      selection: { stacks: [], targets: [], exclude: [] },
    });
    expect(planView.human(plan, terminal)).toBe(
      `Plan for production\n\nNo changes; 0 unchanged.\nDigest ${plan.digest}\n`,
    );
  });

  it('lets no control character of content through', () => {
    expect(planView.human(planOf(), { ...terminal, isVerbose: true })).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('colours without changing a word', () => {
    const painted = planView.human(planOf(), { ...terminal, paint: (_style, text) => `\u001b[1m${text}\u001b[22m` });
    expect(painted.replaceAll('\u001b[1m', '').replaceAll('\u001b[22m', '')).toBe(planView.human(planOf(), terminal));
  });

  it('gives one event for each change and one for the plan', async () => {
    const events = planView.events(planOf());
    await expect(events.map((event) => JSON.stringify(event)).join('\n')).toMatchFileSnapshot(
      './golden/plan.events.txt',
    );
  });
});
