import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../run-tool.ts';
import type { Machine } from './machine.ts';
import type { Result } from './result.ts';
import { markdownTable } from './table.ts';

const pageFile = join(root, 'docs', 'benchmarks.md');
const begin = '<!-- measured: begin -->';
const end = '<!-- measured: end -->';

export interface BenchSession {
  readonly date: string;
  readonly machine: Machine;
  readonly programs: readonly string[];
  /** Cores that were busy with something else meanwhile; null where the system does not tell. */
  readonly busyCores: number | null;
  readonly results: readonly Result[];
}

/** Puts the numbers into docs/benchmarks.md; what people wrote around them stays. */
export async function writePage(session: BenchSession): Promise<void> {
  await writeFile(pageFile, replaceBetweenMarkers(await readFile(pageFile, 'utf8'), describe(session)));
}

export function replaceBetweenMarkers(page: string, text: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`Bug: docs/benchmarks.md has no "${begin}" before an "${end}".`);
  return `${page.slice(0, from + begin.length)}\n${text}${page.slice(to)}`;
}

export function describe(session: BenchSession): string {
  return `
${describeSession(session)}

${markdownTable(session.results)}
`;
}

export function describeSession({ date, machine, programs, busyCores }: BenchSession): string {
  const others =
    busyCores === null ? [] : [`- Other work on the machine meanwhile: ${busyCores.toFixed(1)} cores on average.`];
  return [
    `Measured on ${date} by \`npm run bench\`.`,
    '',
    `- Processor: ${machine.processor}; memory: ${machine.memory}; system: ${machine.system}.`,
    `- Disk: ${machine.disk}.`,
    `- Programs: ${[...programs, `Node ${machine.node}`].join(', ')}.`,
    ...others,
  ].join('\n');
}
