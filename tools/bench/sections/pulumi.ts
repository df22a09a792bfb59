import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { recordRegistrations } from '../../../toolkit/engine/pulumi/record-registrations.ts';
import { registerObjects } from '../../../toolkit/engine/pulumi/register-objects.ts';
import { type Address, plainLifecycle } from '../../../toolkit/model/index.ts';
import { compared, notMeasured, type Result, timed } from '../result.ts';
import type { Program } from '../run-program.ts';
import { opsctl } from '../synthetic.ts';
import { medianSeconds, type TimedRun, timeRun, timeRuns } from '../timed-run.ts';
import { type Bench, count, type Section } from './section.ts';

const objects = 200;
const work = {
  own: `our part (compile, register) of ${count(objects)} records`,
  pulumi: `opsctl --engine pulumi: apply of ${count(objects)} new records, states in a folder`,
  unchanged: `opsctl --engine pulumi: plan of them, nothing changed`,
  embedded: `opsctl --engine embedded: apply of the same`,
  share: `run of Pulumi as a multiple of our part in it`,
};
/** Our part is under a tenth of it. */
const atLeast = 10;

/** What each engine costs for the same content, and how little of a run of Pulumi is ours. */
export const pulumi: Section = {
  name: 'pulumi',
  async run(bench) {
    const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
    if (!folders.some((folder) => existsSync(join(folder, 'pulumi'))))
      return Object.values(work).map((name) => notMeasured(name, 'pulumi is not on PATH.'));
    const folder = join(bench.folder, 'pulumi');
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(folder, 'backend'), { recursive: true });
    try {
      return await measure(bench, folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure({ runs, say }: Bench, folder: string): Promise<readonly Result[]> {
  const content = join(folder, 'content');
  await timeRun(opsctl(folder, 'dev', 'generate', content, '--resources', `${objects}`, '--seed', '1'));
  const byPulumi = (...args: readonly string[]): Program => ({
    ...opsctl(content, ...args, '--engine', 'pulumi'),
    env: {
      PULUMI_BACKEND_URL: `file://${join(folder, 'backend')}`,
      PULUMI_CONFIG_PASSPHRASE: 'of the benchmark',
      PULUMI_HOME: join(folder, 'home'),
    },
  });
  say(`our part of ${count(objects)} records`);
  const compiles = await timeRuns(opsctl(content, 'validate'), runs);
  const registers = await registering(runs);
  const own = compiles.map(({ seconds }, index) => seconds + (registers[index] ?? 0));
  const embedded = await timeRuns(opsctl(content, 'apply', '--yes'), runs, () => startAnew(content, folder));
  say(`opsctl apply --engine pulumi, ${count(objects)} records (this takes a minute)`);
  await startAnew(content, folder);
  const applied: readonly TimedRun[] = [await timeRun(byPulumi('apply', '--yes'))];
  const unchanged = await timeRuns(byPulumi('plan', '--detailed-exitcode'), runs);
  const whole = medianSeconds(applied);
  return [
    timed(
      work.own,
      own.map((seconds) => ({ seconds, processorSeconds: null })),
      null,
    ),
    timed(work.pulumi, applied, null),
    timed(work.unchanged, unchanged, null),
    timed(work.embedded, embedded, null),
    compared(
      work.share,
      own.map((seconds) => whole / seconds),
      { kind: 'at-least', value: atLeast },
    ),
  ];
}

async function startAnew(content: string, folder: string): Promise<void> {
  for (const made of [join(content, 'out'), join(content, '.opsctl'), join(folder, 'backend')])
    await rm(made, { recursive: true, force: true });
  await mkdir(join(folder, 'backend'));
}

/** Seconds for saying all objects to Pulumi's library, with its own stand-in in the place of the engine. */
async function registering(runs: number): Promise<readonly number[]> {
  const seconds: number[] = [];
  while (seconds.length < runs) {
    const { settled } = await recordRegistrations('opsctl', 'bench.plant-1');
    const started = performance.now();
    await registerObjects({
      environment: 'bench',
      stack: 'plant-1',
      objects: Array.from({ length: objects }, aRecord),
    });
    await settled();
    seconds.push((performance.now() - started) / 1000);
  }
  return seconds;
}

function aRecord(_: unknown, index: number) {
  return {
    environment: 'bench',
    address: `plant-1/cmdb-record/item-${index}` as Address,
    type: 'cmdb-record',
    target: 'cmdb',
    owner: 'ops',
    spec: {
      path: `item-${index}.json`,
      record: { id: `item-${index}`, site: 'plant-1', attributes: { address: '10.0.0.1' } },
    },
    dependsOn: [],
    lifecycle: plainLifecycle,
    aliases: [],
    binding: null,
  };
}
