import { defineCommand } from '../../arguments/command.ts';
import { duration, flag, type OptionDeclaration, oneOf, several, text } from '../../arguments/option.ts';
import { word } from '../../arguments/positional.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import { whileSandboxStarts } from '../begin-sandbox.ts';

function share(
  flags: string,
  doc: string,
  fallback: number,
  read: (text: string) => number,
): OptionDeclaration<number> {
  return {
    flags,
    doc,
    read(given) {
      const value = given?.at(-1);
      if (value === undefined) return fallback;
      const number = read(value);
      if (Number.isFinite(number)) return number;
      throw new UsageError(`${flags} does not take '${value}'.`);
    },
  };
}

/** `0.99`, `p99`. */
function readQuantile(given: string): number {
  const number = given.startsWith('p') ? Number(`0.${given.slice(1)}`) : Number(given);
  return given !== '' && number > 0 && number < 1 ? number : Number.NaN;
}

/** `20%`, `0.2`. */
function readHeadroom(given: string): number {
  const number = given.endsWith('%') ? Number(given.slice(0, -1)) / 100 : Number(given);
  return given !== '' && number >= 0 && number < 10 ? number : Number.NaN;
}

export const command = defineCommand({
  description:
    'Reads thresholds off what Prometheus has kept: item by item, a quantile of the signal behind an alert, without the ' +
    'times in which alerts fired for the item, and room on top. Says what the alert would have done with the threshold ' +
    'that holds and with the proposed one. With --to-source it prints the edit of the stack instead, as a patch that keeps ' +
    'window and quantile. Reads only. Ends with 1 where the history could not be read.',
  positionals: {
    subject: word(
      'alert-or-signal',
      'Name of an alert, such as HostCpuBusy, or a signal, such as host.cpuBusy.',
      'alert',
    ),
  },
  options: {
    item: several('--item <id>', 'Only these items.', { completion: 'item' }),
    stack: several('--stack <name>', 'Only these stacks.', { completion: 'stack' }),
    from: duration('--from <duration>', 'How far to look back.', '30d'),
    quantile: share(
      '--quantile <share>',
      'Share of the samples on the quiet side, such as 0.99 or p99. 0.99 when not given.',
      0.99,
      readQuantile,
    ),
    headroom: share(
      '--headroom <share>',
      'Room beyond that, as a share of it, such as 20% or 0.2. 20% when not given.',
      0.2,
      readHeadroom,
    ),
    by: oneOf('--by <name>', 'Also the quantile of each hour of the week.', ['item', 'hour-of-week'], 'item'),
    minimum: duration('--minimum <duration>', 'Least time with samples that count.', '7d'),
    keepFiring: flag('--keep-firing', 'Count the times in which alerts fired, too.'),
    without: text(
      '--without <calendar>',
      'Leave out the hours of a calendar of the organisation, such as maintenance.',
    ),
    toSource: flag('--to-source', 'Print the edit of the stack that would set the proposed thresholds, as a patch.'),
  },
  exits: ['findings'],
  examples: [
    { line: 'opsctl baseline HostCpuBusy --stack plant-1', text: 'What would be right for each host of a plant.' },
    {
      line: 'opsctl baseline HostCpuBusy --item mes-1 --quantile p99 --to-source | git apply',
      text: 'Tunes the alert of one host, with window and quantile in the source.',
    },
  ],
  run: async (values, session) => {
    const { begun, work } = await whileSandboxStarts(session, () => import('./run-baseline.ts'));
    return await work.runBaseline(values, session, begun);
  },
});
