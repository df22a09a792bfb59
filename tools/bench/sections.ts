import { root } from '../run-tool.ts';
import type { BenchOptions } from './options.ts';
import { notMeasured, type Result, seconds } from './result.ts';
import { median } from './statistics.ts';
import { generate, opsctl } from './synthetic.ts';
import type { Terraform } from './terraform.ts';
import { type TimedRun, timeRun, timeRuns } from './timed-run.ts';

export interface Bench extends BenchOptions {
  readonly terraform: Terraform | null;
  readonly say: (line: string) => void;
}

/** A part of the benchmark, which can be asked for alone. */
export interface Section {
  readonly name: string;
  run(bench: Bench): Promise<readonly Result[]>;
}

const megabyte = 1_000_000;

/** Rows 1 to 3 of the numbers to reach, and how they grow. The peer's applied objects are planned by the section after. */
export const sections: readonly Section[] = [
  { name: 'start', run: measureStart },
  { name: 'plan', run: measurePlan },
  { name: 'peer', run: measureLead },
  { name: 'growth', run: measureGrowth },
];

async function measureStart({ runs, say }: Bench): Promise<readonly Result[]> {
  const version = opsctl(root, '--version');
  const validate = opsctl(root, 'validate');
  say('opsctl --version, opsctl validate');
  for (const program of [version, validate]) await timeRun(program); // Fills the compile cache.
  return [
    seconds('opsctl --version', await timeRuns(version, runs), 0.1),
    seconds('opsctl validate, reference organisation', await timeRuns(validate, runs), 1),
  ];
}

async function measurePlan({ folder, sizes, runs, say }: Bench): Promise<readonly Result[]> {
  const work = `opsctl plan, ${count(sizes.plan)} resources, nothing changed`;
  say(work);
  const synthetic = await generate(folder, sizes.plan);
  const plans = await synthetic.planUnchanged(runs);
  await synthetic.remove();
  return [seconds(work, plans, 1.5), peakMemory(`${work}: peak memory of all its processes`, plans, 400)];
}

/** Both programs in turn, on the same disk, with as many objects. */
async function measureLead(bench: Bench): Promise<readonly Result[]> {
  const { folder, sizes, runs, terraform, say } = bench;
  const objects = count(sizes.peer);
  const applying = `opsctl apply, ${objects} new objects, journaled and fsynced`;
  const planning = `opsctl plan, ${objects} resources, nothing changed`;
  say(applying);
  const synthetic = await generate(folder, sizes.peer);
  const applied = await synthetic.applyNew(runs);
  say(planning);
  const planned = await synthetic.planUnchanged(runs);
  await synthetic.remove();
  const own = [seconds(applying, applied, 5), seconds(planning, planned, null)];
  const leads = [
    `apply of ${objects} new objects: opsctl ahead of Terraform`,
    `plan of ${objects} unchanged: opsctl ahead of Terraform`,
  ] as const;
  if (terraform === null) return [...own, ...leads.map((work) => notMeasured(work, 'terraform is not on PATH.'))];

  say(`terraform apply, ${objects} new objects (this takes minutes)`);
  const peerApplied = await terraform.applyNew(folder, sizes.peer, 1);
  say(`terraform plan, ${objects} objects, nothing changed`);
  const peerPlanned = await terraform.planUnchanged(folder, sizes.peer, bench.peerRuns);
  return [
    ...own,
    seconds(`terraform apply, ${objects} new terraform_data`, peerApplied, null),
    seconds(`terraform plan, ${objects} terraform_data, nothing changed`, peerPlanned, null),
    lead(leads[0], applied, peerApplied, 40),
    lead(leads[1], planned, peerPlanned, 25),
  ];
}

async function measureGrowth({ folder, sizes, runs, say }: Bench): Promise<readonly Result[]> {
  const grown: {
    readonly size: number;
    readonly applied: readonly TimedRun[];
    readonly planned: readonly TimedRun[];
  }[] = [];
  for (const size of sizes.growth) {
    say(`growth: opsctl apply and plan, ${count(size)} resources`);
    const synthetic = await generate(folder, size);
    const times = Math.max(1, Math.min(runs, Math.floor(30_000 / size)));
    grown.push({ size, applied: await synthetic.applyNew(times), planned: await synthetic.planUnchanged(times) });
    await synthetic.remove();
  }
  return [
    ...grown.map(({ size, applied }) => seconds(growthWork('apply of new', size, applied), applied, null)),
    ...linear(
      'apply of new',
      grown.map(({ size, applied }) => ({ size, runs: applied })),
    ),
    ...grown.map(({ size, planned }) => seconds(growthWork('plan of unchanged', size, planned), planned, null)),
    ...linear(
      'plan of unchanged',
      grown.map(({ size, planned }) => ({ size, runs: planned })),
    ),
  ];
}

function growthWork(what: string, size: number, runs: readonly TimedRun[]): string {
  return `growth: ${what}, ${count(size)} resources (${((secondsOf(runs) / size) * 1000).toFixed(3)} ms each)`;
}

/**
 * Linear means that one resource of the largest size costs no more than one of the size before it. Half as much again is
 * left for what a machine does to a process ten times as large: caches that are too small, and garbage collection.
 */
function linear(
  what: string,
  grown: readonly { readonly size: number; readonly runs: readonly TimedRun[] }[],
): readonly Result[] {
  const [smaller, larger] = grown.slice(-2);
  if (smaller === undefined || larger === undefined) return [];
  const before = secondsOf(smaller.runs) / smaller.size;
  return [
    {
      kind: 'measured',
      work: `growth: ${what}, one of ${count(larger.size)} against one of ${count(smaller.size)}`,
      unit: 'x',
      samples: larger.runs.map((run) => run.seconds / larger.size / before),
      bound: { kind: 'at-most', value: 1.5 },
    },
  ];
}

function lead(work: string, own: readonly TimedRun[], peer: readonly TimedRun[], atLeast: number): Result {
  const peerSeconds = secondsOf(peer);
  return {
    kind: 'measured',
    work,
    unit: 'x',
    samples: own.map((run) => peerSeconds / run.seconds),
    bound: { kind: 'at-least', value: atLeast },
  };
}

function peakMemory(work: string, runs: readonly TimedRun[], atMost: number): Result {
  const samples = runs.flatMap(({ peakBytes }) => (peakBytes === null ? [] : [peakBytes / megabyte]));
  if (samples.length === 0) return notMeasured(work, 'This system does not tell the peak memory of a process.');
  return { kind: 'measured', work, unit: 'MB', samples, bound: { kind: 'at-most', value: atMost } };
}

function secondsOf(runs: readonly TimedRun[]): number {
  return median(runs.map((run) => run.seconds));
}

function count(objects: number): string {
  return objects.toLocaleString('en');
}
