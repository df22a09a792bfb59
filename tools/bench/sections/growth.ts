import { compared, type Result, timed } from '../result.ts';
import { generate } from '../synthetic.ts';
import { medianSeconds, type TimedRun } from '../timed-run.ts';
import { count, type Section } from './section.ts';

interface Grown {
  readonly size: number;
  readonly runs: readonly TimedRun[];
}

/** Ten times as many resources may take ten times as long. */
export const growth: Section = {
  name: 'growth',
  async run({ folder, sizes, runs, say }) {
    const applied: Grown[] = [];
    const planned: Grown[] = [];
    for (const size of sizes.growth) {
      say(`growth: opsctl apply and plan, ${count(size)} resources`);
      const synthetic = await generate(folder, size);
      const times = size > 10_000 ? 1 : Math.min(runs, 3);
      applied.push({ size, runs: await synthetic.applyNew(times) });
      planned.push({ size, runs: await synthetic.planUnchanged(times) });
      await synthetic.remove();
    }
    return [...describe('apply of new', applied), ...describe('plan of unchanged', planned)];
  },
};

function describe(what: string, grown: readonly Grown[]): readonly Result[] {
  const times = grown.map(({ size, runs }) =>
    timed(
      `growth: ${what}, ${count(size)} resources: ${(costOf({ size, runs }) * 1000).toFixed(2)} ms each`,
      runs,
      null,
    ),
  );
  return [...times, ...compareLast(what, grown)];
}

/**
 * Linear means that a resource of the largest size costs no more than one of the size before it. Half as much again is
 * left for what a machine does to a process ten times as large: caches that are too small, and garbage collection.
 */
function compareLast(what: string, grown: readonly Grown[]): readonly Result[] {
  const [smaller, larger] = grown.slice(-2);
  if (smaller === undefined || larger === undefined) return [];
  const work = `growth: ${what}, one of ${count(larger.size)} against one of ${count(smaller.size)}`;
  const samples = larger.runs.map(({ seconds }) => seconds / larger.size / costOf(smaller));
  return [compared(work, samples, { kind: 'at-most', value: 1.5 })];
}

/** Seconds for one resource. */
function costOf({ size, runs }: Grown): number {
  return medianSeconds(runs) / size;
}
