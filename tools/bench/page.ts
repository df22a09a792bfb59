import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../run-tool.ts';
import type { Machine } from './machine.ts';
import type { Result } from './result.ts';
import { markdownTable } from './table.ts';

const pageFile = join(root, 'docs', 'benchmarks.md');
const begin = '<!-- measured: begin -->';
const end = '<!-- measured: end -->';

export interface Measured {
  readonly date: string;
  readonly machine: Machine;
  readonly loadAtEnd: string;
  readonly programs: readonly string[];
  readonly results: readonly Result[];
}

/** Puts the numbers into docs/benchmarks.md; what people wrote around them stays. */
export async function writePage(measured: Measured): Promise<void> {
  await writeFile(pageFile, replaceBetweenMarkers(await readFile(pageFile, 'utf8'), describe(measured)));
}

export function replaceBetweenMarkers(page: string, text: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`Bug: docs/benchmarks.md has no "${begin}" before an "${end}".`);
  return `${page.slice(0, from + begin.length)}\n${text}${page.slice(to)}`;
}

export function describe({ date, machine, loadAtEnd, programs, results }: Measured): string {
  return `
Measured on ${date} by \`npm run bench\`.

- Processor: ${machine.processor}; memory: ${machine.memory}; system: ${machine.system}.
- Disk: ${machine.disk}.
- Programs: ${[...programs, `Node ${machine.node}`].join(', ')}.
- Load average before: ${machine.load}; after: ${loadAtEnd}. What the benchmark itself runs is part of the second.

${markdownTable(results)}
`;
}
