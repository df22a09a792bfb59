import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { compareMetrics, printSeries, readSeries } from '../../toolkit/compile/pipelines/index.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import {
  defineStack,
  items,
  type JsonObject,
  type Pipeline,
  type PipelineTest,
  standardTargets,
} from '../../toolkit/model/index.ts';
import { sampleGroup, sampleItem, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { freePort, startProgram } from './processes.ts';

/** The collector on PATH, under either of its names. It is not in Debian. */
export const otelcol = ['otelcol-contrib', 'otelcol'].find((name) => spawnSync(name, ['--help']).status === 0);

const settledWithinMs = 15_000;

/** What the collector itself makes of the lines of a test that the test does not say; nothing where it agrees. */
export async function runOtelcolTest(pipeline: Pipeline, test: PipelineTest): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'opsctl-otelcol-'));
  const port = await freePort();
  const log = path.join(folder, 'logs', test.path ?? pathOf(pipeline));
  await mkdir(path.dirname(log), { recursive: true });
  await writeFile(log, '');
  const config = path.join(folder, 'otelcol.yaml');
  await writeFile(config, printYaml(configOf(pipeline, path.join(folder, 'logs'), port)));
  const collector = await startProgram({
    program: otelcol ?? '',
    port,
    // Its own metrics would all want one port.
    args: () => [`--config=${config}`, '--set=service::telemetry::metrics::level=none'],
    ready: '/metrics',
  });
  try {
    // It reads a file from its end as it first sees it.
    await sleep(1500);
    await appendFile(log, `${test.lines.join('\n')}\n`);
    return await untilSettled(pipeline, test, `${collector.url}/metrics`, collector.output);
  } finally {
    await collector.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function untilSettled(
  pipeline: Pipeline,
  test: PipelineTest,
  url: string,
  output: () => string,
): Promise<readonly string[]> {
  const end = Date.now() + settledWithinMs;
  for (;;) {
    const found = compareMetrics(pipeline, readExposition(await (await fetch(url)).text()), test);
    if (found.length === 0) return [];
    if (Date.now() > end) return [...found, ...complaintsIn(output())];
    await sleep(300);
  }
}

/** What it says of statements that it could not carry out. */
function complaintsIn(output: string): readonly string[] {
  return output
    .split('\n')
    .filter((line) => /\b(error|warn)\b/.test(line))
    .slice(0, 5);
}

function configOf(pipeline: Pipeline, folder: string, port: number): JsonObject {
  if (pipeline.from.kind !== 'files') throw new Error('Bug: only pipelines of files are run here.');
  const from = { ...pipeline.from, path: `${folder}${pipeline.from.path}` };
  const head = { name: 'plant', tier: 'L3', site: 'plant', parent: 'region', team: 'plant-ops' } as const;
  const plant = defineStack({ ...head, targets: [...standardTargets, 'otelcol'] })
    .operate(items.where({ site: 'plant' }))
    .collect({ ...pipeline, with: 'otelcol', from }, items.where({ id: 'collected' }));
  const group = sampleGroup({ stacks: sampleStacks(() => plant) });
  const { resources, diagnostics } = compileGroup({
    ...group,
    items: [...group.items, sampleItem('collected', 'host', { address: 'collected.example', kind: 'virtual' })],
    surroundings: { ...group.surroundings, targetEndpoint: () => `127.0.0.1:${port}` },
  });
  const main = resources.find(({ type }) => type === 'otelcol-config');
  if (main === undefined) throw new Error(`Nothing was compiled: ${diagnostics.map(({ detail }) => detail).join(' ')}`);
  return main.spec['config'] as JsonObject;
}

function pathOf({ from }: Pipeline): string {
  return from.kind === 'files' ? from.path.replaceAll(/\*|\{\w+\}/g, '1') : 'log';
}

/** Series without what relabelling takes away. */
function readExposition(text: string): ReadonlyMap<string, number> {
  const series = new Map<string, number>();
  for (const line of text.split('\n')) {
    const read = line.startsWith('#') ? null : readSeries(line);
    if (read === null || read.value === null) continue;
    const labels = Object.entries(read.labels).filter(([label]) => !label.startsWith('otel_scope_'));
    series.set(printSeries(read.name, Object.fromEntries(labels)), read.value);
  }
  return series;
}
