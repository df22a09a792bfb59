import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compareMetrics, printSeries, readSeries, toMtail } from '../compile/pipelines/index.ts';
import { runProgram } from '../host/run-program.ts';
import type { Pipeline, PipelineTest } from '../model/index.ts';

/** What mtail itself makes of the lines of a test that the test does not say; nothing where it agrees. */
export async function runMtailTest(
  pipeline: Pipeline,
  test: PipelineTest,
  { program, signal }: { readonly program: string; readonly signal?: AbortSignal },
): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'opsctl-mtail-'));
  try {
    const log = path.join(folder, 'logs', test.path ?? pathOf(pipeline));
    await mkdir(path.dirname(log), { recursive: true });
    await mkdir(path.join(folder, 'programs'));
    await writeFile(log, `${test.lines.join('\n')}\n`);
    await writeFile(path.join(folder, 'programs', `${pipeline.id}.mtail`), toMtail(pipeline));
    const args = ['--one_shot', '--one_shot_format', 'prometheus', '--progs', 'programs', '--logs', log];
    // It listens even for one shot, and its port may be that of one that runs.
    const apart = ['--unix_socket', path.join(folder, 's'), '--log_dir', folder];
    const options = { cwd: folder, timeoutMs: 60_000, ...(signal === undefined ? {} : { signal }) };
    const { exitCode, stdout, stderr } = await runProgram(program, [...args, ...apart], options);
    if (exitCode !== 0) return [`mtail ended with ${exitCode}: ${stderr.trim().slice(0, 1000)}`];
    return compareMetrics(pipeline, readExposition(stdout), test);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function pathOf({ from }: Pipeline): string {
  return from.kind === 'files' ? from.path.replaceAll('*', '1') : 'log';
}

/** Series without the name of the program, which relabelling takes away. */
function readExposition(text: string): ReadonlyMap<string, number> {
  const series = new Map<string, number>();
  for (const line of text.split('\n')) {
    const read = line.startsWith('#') ? null : readSeries(line);
    if (read === null || read.value === null) continue;
    const { prog: _, ...labels } = read.labels;
    series.set(printSeries(read.name, labels), read.value);
  }
  return series;
}
