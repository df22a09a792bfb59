import { expect, it } from 'vitest';
import type { DeclaredAgent, SeenTarget } from './agent.ts';
import { joinAgents, ownVersion } from './join-agents.ts';
import { anAgent, aTarget } from './sample-agents.ts';

const plant = { name: 'plant-1', tier: 'L3', site: 'plant-1', team: 'plant-1-ops' } as const;
const card = anAgent({
  kind: 'snmp',
  program: 'snmp_exporter',
  item: 'ups-1',
  class: 'ups',
  job: 'ups-card',
  endpoint: '10.0.0.9',
  through: 'snmp:9116',
});
const collector = anAgent({
  kind: 'collector',
  program: 'snmp_exporter',
  item: null,
  class: null,
  job: null,
  endpoint: 'snmp:9116',
});
const ofCard = (health: SeenTarget['health'], lastError = '') =>
  aTarget({ job: 'ups-card', labels: { item: 'ups-1', job: 'ups-card' }, health, lastError, versions: {} });

it.each<{ name: string; declared: DeclaredAgent[]; targets: SeenTarget[]; rows: object[] }>([
  {
    name: 'what is declared and answers is up, with its version',
    declared: [anAgent()],
    targets: [aTarget()],
    rows: [{ item: 'web-1', state: 'up', version: '1.5.0', expected: '>=1.3', isDeclared: true }],
  },
  {
    name: 'a version that the class was not written for is outdated',
    declared: [anAgent()],
    targets: [aTarget({ versions: { node_exporter_build_info: '1.2.0' } })],
    rows: [{ state: 'outdated', version: '1.2.0' }],
  },
  {
    name: 'one that is down is down, whatever version it had',
    declared: [anAgent()],
    targets: [aTarget({ health: 'down', lastError: 'connection refused', versions: {} })],
    rows: [{ state: 'down', version: null, lastError: 'connection refused' }],
  },
  { name: 'one that is no target was never seen', declared: [anAgent()], targets: [], rows: [{ state: 'never-seen' }] },
  {
    name: 'neither was one that waits for its first scrape',
    declared: [anAgent()],
    targets: [aTarget({ health: 'unknown', lastScrape: null })],
    rows: [{ state: 'never-seen' }],
  },
  {
    name: 'a target that nobody declares is unexpected, with what it says of itself',
    declared: [],
    targets: [aTarget({ labels: { item: 'old-1', site: 'plant-1' }, lastError: '' })],
    rows: [{ item: 'old-1', state: 'unexpected', isDeclared: false, program: 'node_exporter', version: '1.5.0' }],
  },
  {
    name: 'the Prometheus of a stack below is no agent',
    declared: [],
    targets: [aTarget({ job: 'below-plant-2', labels: {} })],
    rows: [],
  },
  {
    name: 'another job of the same item is another agent',
    declared: [anAgent()],
    targets: [aTarget({ job: 'host-other' })],
    rows: [{ state: 'never-seen' }, { state: 'unexpected', job: 'host-other' }],
  },
  {
    name: 'a shared exporter is up while one device answers through it',
    declared: [card, { ...card, item: 'ups-2' }, collector],
    targets: [ofCard('down', 'timeout'), { ...ofCard('up'), labels: { item: 'ups-2', job: 'ups-card' } }],
    rows: [{ state: 'down' }, { state: 'up' }, { kind: 'collector', state: 'up', lastError: '' }],
  },
  {
    name: 'and down while none does',
    declared: [card, collector],
    targets: [ofCard('down', 'timeout')],
    rows: [
      { state: 'down' },
      { kind: 'collector', state: 'down', lastError: 'nothing that is asked through it answers: timeout' },
    ],
  },
  {
    name: 'its version is known where it is scraped itself',
    declared: [
      card,
      collector,
      anAgent({
        item: 'snmp-1',
        class: 'collector',
        job: 'collector-self',
        endpoint: 'snmp:9116',
        program: 'snmp_exporter',
      }),
    ],
    targets: [
      ofCard('up'),
      aTarget({
        job: 'collector-self',
        labels: { item: 'snmp-1', job: 'collector-self' },
        scrapeUrl: 'http://snmp:9116/metrics',
        versions: { snmp_exporter_build_info: '0.21.0' },
      }),
    ],
    rows: [{ state: 'up' }, { kind: 'collector', state: 'outdated', version: '0.21.0' }, { state: 'outdated' }],
  },
])('$name', ({ declared, targets, rows }) => {
  const outdated = declared.map((agent) =>
    agent.program === 'snmp_exporter' && agent.kind !== 'snmp'
      ? { ...agent, expected: [{ operator: '>=', version: '0.22' }] as const }
      : agent,
  );
  expect(joinAgents(plant, outdated, { targets, reason: null })).toMatchObject(rows);
  expect(joinAgents(plant, outdated, { targets, reason: null })).toHaveLength(rows.length);
});

it('tells which metrics that signals read a version does not have', () => {
  const versioned = [
    { name: 'pg_replication_lag', since: null, until: '0.12' },
    { name: 'pg_replication_lag_seconds', since: '0.12', until: null },
  ];
  const [row] = joinAgents(plant, [anAgent({ versioned })], { targets: [aTarget()], reason: null });
  expect(row?.missingMetrics).toEqual(['pg_replication_lag']);
});

it.each([
  { name: 'nobody was asked', seen: null, lastError: '' },
  { name: 'nobody answered', seen: { targets: null, reason: 'it is off' } as const, lastError: 'it is off' },
])('where $name only the declaration is known', ({ seen, lastError }) => {
  expect(joinAgents(plant, [anAgent()], seen)).toMatchObject([{ state: 'not-asked', version: null, lastError }]);
});

it.each([
  { program: 'node_exporter', versions: { go_build_info: '(devel)', node_exporter_build_info: '1.5.0' }, own: '1.5.0' },
  {
    program: 'nginx-prometheus-exporter',
    versions: { nginxexporter_build_info: '0.11.0', prometheus_build_info: '2' },
    own: '0.11.0',
  },
  { program: 'otelcol', versions: { otelcol_process_uptime: '0.99.0' }, own: '0.99.0' },
  { program: 'dameng_exporter', versions: { go_build_info: '1' }, own: null },
])('the version of $program is its own, not that of a library', ({ program, versions, own }) => {
  expect(ownVersion(program, versions as Readonly<Record<string, string>>)).toBe(own);
});
