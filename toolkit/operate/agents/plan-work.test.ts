import { describe, expect, it } from 'vitest';
import type { ConfigurationItem } from '../../model/index.ts';
import type { AgentRow } from './agent.ts';
import { planWork, type WorkRequest } from './plan-work.ts';
import { printWork } from './print-work.ts';
import { aRow } from './sample-agents.ts';

const to = '1.8.2';

function plan(rows: readonly AgentRow[], changes: Partial<WorkRequest> = {}) {
  return planWork({
    work: { kind: 'update', to },
    rows,
    items: rows.map(itemOf),
    as: null,
    canary: 1,
    batch: 2,
    evenDeclared: false,
    ...changes,
  });
}

const itemOf = ({ item }: AgentRow) =>
  // Nothing else of it is looked at.
  ({
    id: item,
    class: 'host',
    attributes: { operatingSystem: 'Debian 12' },
    relations: [],
  }) as unknown as ConfigurationItem;
const agentsIn = ({ plan: { batches } }: ReturnType<typeof plan>) =>
  batches.map(({ steps }) => steps.map(({ item, program }) => item ?? program));
const codesOf = ({ diagnostics }: ReturnType<typeof plan>) => diagnostics.map(({ code }) => code);

describe('the order of work', () => {
  it('is canaries, then plants, regions, headquarters; site by site; what matters most last', () => {
    const rows = [
      aRow({ item: 'hq-1', stack: 'hq', tier: 'L1', site: 'hq' }),
      aRow({ item: 'b-critical', site: 'plant-b', criticality: 'critical' }),
      aRow({ item: 'b-low', site: 'plant-b', criticality: 'low' }),
      aRow({ item: 'a-critical', site: 'plant-a', criticality: 'critical' }),
      aRow({ item: 'a-high', site: 'plant-a', criticality: 'high' }),
      aRow({ item: 'a-medium', site: 'plant-a', criticality: 'medium' }),
      aRow({ item: 'a-low', site: 'plant-a', criticality: 'low' }),
      aRow({ item: 'region-1', stack: 'region', tier: 'L2', site: 'region' }),
    ];
    expect(agentsIn(plan(rows))).toEqual([
      ['a-low'],
      ['a-medium', 'a-high'],
      ['a-critical'],
      ['b-low', 'b-critical'],
      ['region-1'],
      ['hq-1'],
    ]);
  });

  it('has what others are asked through last at its site, however little it matters', () => {
    const rows = [
      aRow({ item: null, job: null, kind: 'collector', program: 'node_exporter', criticality: 'low', endpoint: 'x:1' }),
      aRow({ item: 'a', criticality: 'critical' }),
    ];
    expect(agentsIn(plan(rows, { as: 'binary', canary: 0, batch: 1 }))).toEqual([['a'], ['node_exporter']]);
  });

  it('has a canary of each way of installing', () => {
    const rows = [aRow({ item: 'a' }), aRow({ item: 'b' }), aRow({ item: 'win' })];
    const items = rows.map((row) => (row.item === 'win' ? { ...itemOf(row), class: 'windows-host' } : itemOf(row)));
    expect(agentsIn(plan(rows, { items }))).toEqual([['a', 'win'], ['b']]);
  });
});

it.each<{ name: string; row: Partial<AgentRow>; uninstall?: boolean; codes: string[] }>([
  {
    name: 'a server with metrics of its own is never updated as an agent',
    row: { kind: 'built-in' },
    codes: ['agents/left-out', 'agents/no-agent-chosen'],
  },
  {
    name: 'nor removed as one',
    row: { kind: 'built-in' },
    uninstall: true,
    codes: ['agents/left-out', 'agents/no-agent-chosen'],
  },
  { name: 'a device has no agent', row: { kind: 'snmp' }, codes: ['agents/left-out', 'agents/no-agent-chosen'] },
  {
    name: 'one at the version is left alone',
    row: { version: '1.8.2-1+b1' },
    codes: ['agents/left-out', 'agents/no-agent-chosen'],
  },
  { name: 'one that is down is worked on, whatever its version was', row: { version: to, state: 'down' }, codes: [] },
  { name: 'one of an unknown version is worked on', row: { version: null, state: 'not-asked' }, codes: [] },
  { name: 'a version outside of the range is refused', row: { expected: '>=2' }, codes: ['agents/version-unfit'] },
  {
    name: 'so is one without a metric that signals read',
    row: { versioned: [{ name: 'node_x', since: '1.9', until: null }] },
    codes: ['agents/version-unfit'],
  },
  {
    name: 'what content asks for is not removed',
    row: {},
    uninstall: true,
    codes: ['agents/still-declared'],
  },
  { name: 'what nobody asks for is', row: { isDeclared: false, state: 'unexpected' }, uninstall: true, codes: [] },
])('$name', ({ row, uninstall = false, codes }) => {
  expect(codesOf(plan([aRow(row)], uninstall ? { work: { kind: 'uninstall' } } : {}))).toEqual(codes);
});

it('without an operating system and without --as nothing is made up', () => {
  const planned = plan([aRow()], { items: [] });
  expect(codesOf(planned)).toEqual(['agents/how-installed', 'agents/no-agent-chosen']);
});

it('each step says what its Prometheus answers once it has worked', () => {
  const [step] = plan([aRow()]).plan.batches[0]?.steps ?? [];
  expect(step?.check).toEqual({
    stack: 'plant-1',
    within: '10m',
    query:
      'up{job="host-node",item="web-1"} == 1 and on (job, instance) node_exporter_build_info{job="host-node",item="web-1",version=~"v?1\\\\.8\\\\.2([-+~].*)?"}',
  });
});

describe('the scripts', () => {
  it('say what they are, set what stops them, and undo', async () => {
    const files = printWork(plan([aRow()]).plan);
    await expect(
      `${Object.entries(files)
        .map(([name, text]) => `==> ${name}\n${text}`)
        .join('\n')}`,
    ).toMatchFileSnapshot('./golden/update-deb.txt');
  });

  it('keep a name with a line break in its comment, and every name in its word', () => {
    const evil = aRow({ item: 'a\nrm -rf /', job: 'j; reboot', endpoint: 'h$(id):1', program: "x'y exporter" });
    const files = printWork(plan([evil], { as: 'deb' }).plan);
    for (const [name, text] of Object.entries(files).filter(([file]) => file.endsWith('.sh'))) {
      expect(name).toMatch(/^[\w./-]+$/);
      const code = text.split('\n').filter((line) => !line.startsWith('#'));
      expect(code.join('\n')).not.toMatch(/^rm|reboot|\$\(id\)/m);
    }
  });
});
