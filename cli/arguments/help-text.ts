import { type ExitName, exitCodes, exitMeanings } from '../exit-code.ts';
import type { AnyCommand, Example } from './command.ts';

/** What stands below the options in the help of a command: exit codes and worked examples. */
export function helpAfter({ exits, examples }: Pick<AnyCommand, 'exits' | 'examples'>): string {
  return ['', 'Exit codes:', ...exitLines(exits), '', 'Examples:', ...examples.flatMap(exampleLines)].join('\n');
}

const exitsOfEveryCommand: readonly ExitName[] = ['done', 'failure', 'usage', 'interrupted'];

function exitLines(exits: readonly ExitName[]): readonly string[] {
  const names = [...new Set([...exitsOfEveryCommand, ...exits])];
  const sorted = names.sort((left, right) => exitCodes[left] - exitCodes[right]);
  return sorted.map((name) => `  ${String(exitCodes[name]).padEnd(4)} ${exitMeanings[name]}`);
}

function exampleLines({ line, text }: Example): readonly string[] {
  return [`  $ ${line}`, `    ${text}`];
}
