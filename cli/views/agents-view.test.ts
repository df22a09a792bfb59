import { expect, it } from 'vitest';
import type { AgentRow } from '../../toolkit/operate/agents/agent.ts';
import { agentsView } from './agents-view.ts';

const row: AgentRow = {
  stack: 'plant-1',
  tier: 'L3',
  site: 'plant-1',
  tenant: 'shared',
  team: 'plant-1-ops',
  criticality: 'high',
  kind: 'exporter',
  program: 'node_exporter',
  item: 'web-1',
  class: 'host',
  job: 'host-node',
  endpoint: 'web-1:9100',
  through: null,
  versioned: [],
  source: null,
  isDeclared: true,
  state: 'up',
  version: '1.5.0',
  expected: '>=1.3',
  missingMetrics: [],
  lastError: '',
  lastScrape: '2026-11-21T10:00:00Z',
};
const error = 'Get "http://10.0.0.9:9100/metrics": dial tcp 10.0.0.9:9100: connect: connection refused';
const rows: readonly AgentRow[] = [
  { ...row, stack: 'hq', tier: 'L1', site: 'hq', item: 'hq-1', state: 'not-asked', version: null },
  row,
  { ...row, item: '水泵-1', state: 'outdated', version: '1.2.0', missingMetrics: ['node_x'] },
  { ...row, item: 'web-2', state: 'down', version: null, lastError: error },
  { ...row, item: 'web-3', state: 'down', version: null, lastError: 'timeout' },
  { ...row, item: 'web-4', state: 'never-seen', version: null },
  { ...row, item: null, endpoint: 'old\u001b[2J:9100', isDeclared: false, state: 'unexpected' },
];
const plain = (_: unknown, text: string) => text;

it('shows each control point, what is wrong in words, and how many of each state', async () => {
  const text = agentsView.human(rows, { paint: plain, width: 100, isVerbose: false });
  await expect(text).toMatchFileSnapshot('./golden/agents.txt');
});

it('says everything without colours that it says with them', () => {
  const painted = agentsView.human(rows, { paint: (_, text) => `<${text}>`, width: 200, isVerbose: false });
  const bare = agentsView.human(rows, { paint: plain, width: 200, isVerbose: false });
  expect(painted.replaceAll(/[<>](?!=)/g, '')).toBe(bare.replaceAll(/[<>](?!=)/g, ''));
});

it('says that nothing was chosen', () => {
  expect(agentsView.human([], { paint: plain, width: 100, isVerbose: false })).toBe('No agent is as chosen.\n');
});

it('has an event for each, without what only the program needs', () => {
  const { versioned: _, ...fields } = row;
  expect(agentsView.events([row])).toEqual([{ event: 'agent', ...fields }]);
});
