// `npm run bench`: the numbers that opsctl has to reach, measured with the real program against a peer in the same run.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../run-tool.ts';
import { describeMachine } from './machine.ts';
import { type BenchOptions, readOptions, usage } from './options.ts';
import { describeSession, writePage } from './page.ts';
import { watchOtherWork } from './processor-time.ts';
import { type Result, verdictOf } from './result.ts';
import { sections } from './sections/index.ts';
import type { Bench } from './sections/section.ts';
import { printTable } from './table.ts';
import { findTerraform } from './terraform.ts';

process.exitCode = process.argv.includes('--help') ? help() : await bench(readOptions(process.argv.slice(2)));

function help(): number {
  console.log(usage);
  return 0;
}

async function bench(options: BenchOptions): Promise<number> {
  await mkdir(options.folder, { recursive: true });
  const machine = await describeMachine(options.folder);
  const terraform = await findTerraform();
  const otherWork = watchOtherWork();
  const results = await measure({ ...options, terraform, say: (line) => console.error(`... ${line}`) });
  const date = new Date().toISOString().slice(0, 10);
  const programs = [
    `opsctl ${await opsctlVersion()}`,
    ...(terraform === null ? [] : [`Terraform ${terraform.version}`]),
  ];
  const session = { date, machine, programs, busyCores: otherWork(), results };

  console.log(printTable(results));
  console.log(describeSession(session));
  if (options.isQuick || options.only.length > 0)
    console.log('Not the whole benchmark, so docs/benchmarks.md stays as it is.');
  else await writePage(session);
  return report(results);
}

async function measure(bench: Bench): Promise<readonly Result[]> {
  const wanted = sections.filter(({ name }) => bench.only.length === 0 || bench.only.includes(name));
  const results: Result[] = [];
  for (const section of wanted) results.push(...(await section.run(bench)));
  return results;
}

/** What is missed by no more than noise is told and does not fail the run. */
function report(results: readonly Result[]): number {
  const named = (verdict: string) => results.filter((result) => verdictOf(result) === verdict).map(({ work }) => work);
  const [missed, noisy] = [named('MISSED'), named('within noise')];
  for (const work of noisy) console.log(`Beyond its budget, but within noise: ${work}.`);
  for (const work of missed) console.log(`MISSED in every run: ${work}.`);
  if (missed.length === 0) console.log('No budget is missed by more than noise.');
  return missed.length === 0 ? 0 : 1;
}

async function opsctlVersion(): Promise<string> {
  return (JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version;
}
