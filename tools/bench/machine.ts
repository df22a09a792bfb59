import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { median } from './statistics.ts';

/** What the numbers depend on. */
export interface Machine {
  readonly processor: string;
  readonly memory: string;
  readonly system: string;
  readonly disk: string;
  readonly node: string;
}

export async function describeMachine(folder: string): Promise<Machine> {
  return {
    processor: `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`,
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    system: `${type()} ${release()}`,
    disk: await describeDisk(folder),
    node: process.version,
  };
}

async function describeDisk(folder: string): Promise<string> {
  const kind = [await fileSystemOf(folder), await rotationOf(folder)].filter(Boolean).join(', ');
  return `${kind === '' ? 'unknown' : kind}; a write of 4 kB is on it after ${(await syncMs(folder)).toFixed(2)} ms (median)`;
}

/** The type of the mount that holds the folder, from the longest mount point that is a start of its path. */
async function fileSystemOf(folder: string): Promise<string> {
  const lines = (await textOf('/proc/self/mounts')).split('\n').map((line) => line.split(' '));
  const holding = lines.filter(([, point = '']) => point === '/' || `${folder}/`.startsWith(`${point}/`));
  return holding.sort(([, left = ''], [, right = '']) => right.length - left.length)[0]?.[2] ?? '';
}

async function rotationOf(folder: string): Promise<string> {
  const { dev } = await stat(folder);
  const device = `/sys/dev/block/${Math.floor(dev / 256)}:${dev % 256}`;
  const flag = (await textOf(`${device}/queue/rotational`)) || (await textOf(`${device}/../queue/rotational`));
  if (flag === '') return '';
  return flag.trim() === '1' ? 'rotating, or a virtual one that says so' : 'solid state or virtual';
}

async function syncMs(folder: string): Promise<number> {
  const file = join(folder, 'sync-probe');
  await writeFile(file, '');
  const handle = await open(file, 'a');
  const samples: number[] = [];
  for (let round = 0; round < 50; round += 1) {
    const started = performance.now();
    await handle.write(Buffer.alloc(4096));
    await handle.datasync();
    samples.push(performance.now() - started);
  }
  await handle.close();
  await rm(file);
  return median(samples);
}

async function textOf(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => '');
}
