import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningProgram, startProgram } from './processes.ts';

/** A series of the past: its value at each moment, or null where there is no sample. */
export interface PastSeries {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly valueAt: (atMs: number) => number | null;
}

export interface Past {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
  readonly series: readonly PastSeries[];
}

/** Starts a Prometheus that scrapes nothing and remembers what it is given. */
export async function startBackfilled(
  programs: { readonly prometheus: string; readonly promtool: string },
  folder: string,
  past: Past,
): Promise<RunningProgram> {
  mkdirSync(folder, { recursive: true });
  const samples = join(folder, 'samples.txt');
  writeFileSync(samples, openMetrics(past));
  const made = spawnSync(
    programs.promtool,
    ['tsdb', 'create-blocks-from', 'openmetrics', samples, join(folder, 'data')],
    {
      encoding: 'utf8',
    },
  );
  if (made.status !== 0) throw new Error(`promtool made no blocks: ${made.stderr}`);
  writeFileSync(join(folder, 'prometheus.yml'), '{}\n');
  return await startProgram({
    program: programs.prometheus,
    args: (port) => [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    ready: '/-/ready',
  });
}

function openMetrics({ fromMs, toMs, stepMs, series }: Past): string {
  const families = Map.groupBy(series, ({ metric }) => metric);
  const lines = [...families].flatMap(([metric, own]) => [
    `# TYPE ${metric} gauge`,
    ...own.flatMap(({ labels, valueAt }) => {
      const printed = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      const times = Array.from(
        { length: Math.floor((toMs - fromMs) / stepMs) + 1 },
        (_, index) => fromMs + index * stepMs,
      );
      return times.flatMap((at) => {
        const value = valueAt(at);
        return value === null ? [] : [`${metric}{${printed.join(',')}} ${value} ${at / 1000}`];
      });
    }),
  ]);
  return `${lines.join('\n')}\n# EOF\n`;
}
