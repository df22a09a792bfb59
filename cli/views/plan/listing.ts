import { groupThousands } from '../../../toolkit/diagnostics/index.ts';
import type { ChangeSymbol } from '../../../toolkit/plan/index.ts';
import type { Terminal } from '../../output/view.ts';

export type Lines = readonly string[];

/** Of what is many the first few are enough to see what it is; `--verbose` lists all. */
export const listedAtMost = 10;

export function listOf(title: string, entries: Lines, { paint, isVerbose }: Terminal): Lines {
  if (entries.length === 0) return [];
  const shown = isVerbose ? entries : entries.slice(0, listedAtMost);
  return [paint('bold', title), ...shown.map((entry) => `  ${entry}`), ...moreLine(entries.length - shown.length)];
}

export function moreLine(count: number, indent = '  '): Lines {
  return count > 0 ? [`${indent}and ${groupThousands(count)} more (--verbose lists them)`] : [];
}

export const symbolStyles = { '+': 'green', '~': 'yellow', '-': 'red', '-/+': 'magenta', '=': 'cyan' } as const;

export function paintSymbol(text: ChangeSymbol, { paint }: Terminal): string {
  return paint(symbolStyles[text], text.padStart(3));
}
