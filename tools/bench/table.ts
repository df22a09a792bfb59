import Table from 'cli-table3';
import { type Bound, type Result, type Unit, verdictOf } from './result.ts';
import { median } from './statistics.ts';

const head = ['Work', 'Median', 'Lowest to highest', 'Processor time', 'Budget', 'Verdict'] as const;

/** For a terminal. */
export function printTable(results: readonly Result[]): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
  });
  for (const result of results) table.push([...cellsOf(result)]);
  return table.toString();
}

/** For the page. */
export function markdownTable(results: readonly Result[]): string {
  const lines = [head, ['---', '---:', '---:', '---:', '---:', '---'], ...results.map(cellsOf)];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function cellsOf(result: Result): readonly string[] {
  if (result.kind === 'not-measured') return [result.work, '', '', '', '', `not measured: ${result.reason}`];
  const { work, unit, samples, processorSeconds, bound } = result;
  const range = `${quantity(Math.min(...samples), unit)} to ${quantity(Math.max(...samples), unit)}`;
  const processor = processorSeconds.length === 0 ? '' : quantity(median(processorSeconds), 's');
  const verdict = verdictOf(result);
  return [
    work,
    quantity(median(samples), unit),
    samples.length === 1 ? 'one run' : range,
    processor,
    budget(bound, unit),
    verdict === 'told' ? '' : verdict,
  ];
}

function budget(bound: Bound | null, unit: Unit): string {
  if (bound === null) return '';
  return `at ${bound.kind === 'at-most' ? 'most' : 'least'} ${bound.value}${unit === 'x' ? 'x' : ` ${unit}`}`;
}

function quantity(value: number, unit: Unit): string {
  switch (unit) {
    case 's':
      return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} s`;
    case 'MB':
      return `${value.toFixed(0)} MB`;
    case 'x':
      return `${value < 10 ? value.toFixed(2) : value.toFixed(0)}x`;
    default:
      return unit satisfies never;
  }
}
