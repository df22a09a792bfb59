import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../run-tool.ts';

export interface BenchOptions {
  /** Smaller sizes, for development: no page is written. */
  readonly isQuick: boolean;
  /** Names of the sections to run; empty: all. */
  readonly only: readonly string[];
  readonly runs: number;
  readonly peerRuns: number;
  /** Where all that is measured lies, so that both programs are on one disk. */
  readonly folder: string;
  readonly sizes: Sizes;
}

export interface Sizes {
  readonly plan: number;
  readonly peer: number;
  readonly growth: readonly number[];
}

const full: Sizes = { plan: 10_000, peer: 5_000, growth: [1_000, 10_000, 100_000] };
const quick: Sizes = { plan: 10_000, peer: 1_000, growth: [1_000, 10_000] };

export const usage = `npm run bench -- [--quick] [--only SECTION] [--runs N] [--directory DIR]

  --quick          1,000 objects instead of 5,000 against Terraform, and no growth to 100,000. Writes no page.
  --only SECTION   start, plan, lead, growth, routing, lint, catalogue, kubernetes or pulumi; may be given several times. Writes no page.
  --runs N         How often each is run; the median counts. 5 when not given, 3 with --quick.
  --directory DIR  Where to work, on the disk that is to be measured. .opsctl/bench when not given.
`;

export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      runs: { type: 'string' },
      directory: { type: 'string', default: join(root, '.opsctl', 'bench') },
    },
  });
  const runs = Number(values.runs ?? (values.quick ? 3 : 5));
  if (!Number.isSafeInteger(runs) || runs < 1)
    throw new TypeError(`--runs is a whole number from 1, not '${values.runs}'.`);
  return {
    isQuick: values.quick,
    only: values.only,
    runs,
    peerRuns: values.quick ? 1 : 3,
    folder: resolve(values.directory),
    sizes: values.quick ? quick : full,
  };
}
