import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricTable, type ObjectClass, standardTargets } from 'opsctl';
import { plainContext } from 'opsctl/testing';
import { expect, onTestFinished } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import {
  type ConfigurationItem,
  isJsonObject,
  items,
  type JsonObject,
  type Resource,
} from '../../toolkit/model/index.ts';
import { exporterProviders } from '../../toolkit/providers/exporter/index.ts';
import { sampleGroup, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { startProgram } from './processes.ts';
import { realPrograms } from './programs.ts';
import { type SnmpObjects, startSnmpAgent } from './snmp-agent.ts';

// From an item to its metrics: the item is compiled, the provider puts the exporter's file, the real exporter reads it
// and is asked with the very parameters of the compiled target. The device behind it is played.

export const snmp = realPrograms(['prometheus-snmp-exporter']);

/** What played devices are asked with. */
const community = 'plant-community';

export type StartExporter = (file: string) => Promise<{ readonly url: string; stop(): Promise<void> }>;

/** Scrapes an item through each of its jobs, as the compiled configuration would; texts by job. */
export async function scrapeAll(
  objectClass: ObjectClass,
  item: ConfigurationItem,
  start: StartExporter,
): Promise<ReadonlyMap<string, string>> {
  const { config, targets, jobs } = compileItem(item, objectClass);
  const exporter = await start(await putConfig(config));
  onTestFinished(() => exporter.stop());
  const texts = await Promise.all(
    targets.map(async ({ spec }) => [String(spec.name), await scrape(exporter.url, spec, jobs)] as const),
  );
  return new Map(texts);
}

async function scrape(url: string, spec: JsonObject, jobs: readonly JsonObject[]): Promise<string> {
  const [group] = Array.isArray(spec.groups) ? spec.groups.filter(isJsonObject) : [];
  const { labels = {}, targets = [] } = group ?? {};
  const query = new URLSearchParams({ target: String(Array.isArray(targets) ? targets[0] : '') });
  for (const [label, value] of Object.entries(labels as JsonObject)) {
    if (label.startsWith('__param_')) query.set(label.slice('__param_'.length), String(value));
  }
  const job = jobs.find(({ job_name: name }) => name === spec.name);
  const answer = await fetch(`${url}${String(job?.metrics_path)}?${query}`);
  if (!answer.ok) throw new Error(`status ${answer.status}: ${await answer.text()}`);
  return `\n${await answer.text()}`;
}

export function compileItem(item: ConfigurationItem, changed?: ObjectClass) {
  const group = sampleGroup();
  const classes = group.organisation.catalogue.classes.map((one) => (one.id === changed?.id ? changed : one));
  const [hq, region, plant] = sampleStacks();
  const targets = [...standardTargets, 'snmp', 'modbus', 'ipmi'] as const;
  const { resources, diagnostics } = compileGroup({
    ...group,
    organisation: { ...group.organisation, catalogue: { ...group.organisation.catalogue, classes } },
    stacks: [
      hq!,
      region!,
      { ...plant!, targets, operations: [{ ...plant!.operations[0]!, selection: items.where({ id: item.id }) }] },
    ],
    items: [item],
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const ofPlant = (type: string) => resources.filter((one) => one.address.startsWith(`plant/${type}/`));
  const prometheus = ofPlant('prometheus-config')[0]?.spec.config;
  const jobs = isJsonObject(prometheus) && Array.isArray(prometheus.scrape_configs) ? prometheus.scrape_configs : [];
  const [config] = ['snmp-config', 'ipmi-config', 'modbus-config'].flatMap(ofPlant);
  return { config: config as Resource, targets: ofPlant('prometheus-targets'), jobs: jobs.filter(isJsonObject) };
}

/** Lets the provider write the file, with the secrets that it names. */
async function putConfig({ address, type, spec }: Resource): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'opsctl-devices-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const name = type.replace('-config', '');
  const provider = exporterProviders.find((one) => one.name === name);
  const settings = { directory, check: 'none', ...(name === 'snmp' ? { version: '0.21' } : {}) };
  const session = provider?.open({ stack: 'plant', target: name, provider: name, settings }, plainContext());
  await session?.stage({ kind: 'write', address, type, spec: withSecrets(spec) });
  expect(await session?.commit()).toMatchObject({ accepted: true });
  await session?.close();
  return join(directory, `${name}.yml`);
}

function withSecrets(spec: JsonObject): JsonObject {
  const text = JSON.stringify(spec);
  expect(text).not.toContain(community);
  return JSON.parse(
    text
      .replaceAll('{"$secret":"env:SNMP_COMMUNITY"}', JSON.stringify(community))
      .replaceAll('{"$secret":"env:IPMI_PASSWORD"}', '"secret"'),
  );
}

/** Metrics that the class needs from the sources that were scraped, and that were not there. */
export function missingFrom(scraped: ReadonlyMap<string, string>, objectClass: ObjectClass): readonly string[] {
  const needed = metricTable(objectClass).filter(({ name }) => name !== 'up');
  return needed
    .filter(({ source, name, type }) => {
      const text = scraped.get(`${objectClass.id}-${source}`);
      if (text === undefined) return false;
      const isThere = new RegExp(`^${name}[{ ]`, 'm').test(text);
      return !isThere || (type !== undefined && !text.includes(`# TYPE ${name} ${type}\n`));
    })
    .map(({ source, name }) => `${source}: ${name}`);
}

export async function startDevice(objects: SnmpObjects): Promise<string> {
  const agent = await startSnmpAgent(objects, community);
  onTestFinished(() => agent.close());
  return agent.address;
}

export const startSnmpExporter: StartExporter = (file) =>
  startProgram({
    program: snmp.path('prometheus-snmp-exporter'),
    args: (port) => [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`],
    ready: '/',
  });
