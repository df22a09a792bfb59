import { parseDuration } from '../../../toolkit/model/duration.ts';
import { defineCommand } from '../../arguments/command.ts';
import { duration, type OptionDeclaration, oneOf, several, text } from '../../arguments/option.ts';
import type { PositionalDeclaration } from '../../arguments/positional.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import { whileSandboxStarts } from '../begin-sandbox.ts';

const alertNames: PositionalDeclaration<readonly string[]> = {
  usage: '[alert...]',
  doc: 'Names of alerts, such as HostDown; all of them when not given.',
  completion: 'alert',
  read: (given) => given,
};

const step: OptionDeclaration<number | null> = {
  flags: '--step <duration>',
  doc: 'Look less often than the rules are evaluated: faster, and coarse. At each evaluation when not given.',
  read(given) {
    const value = given?.at(-1);
    if (value === undefined) return null;
    const ms = parseDuration(value);
    if (ms === null || ms < 1000) throw new UsageError(`--step is a duration of a second or more, not '${value}'.`);
    return ms;
  },
};

export const command = defineCommand({
  description:
    'Replays alerts over what the Prometheus of each stack has kept: how often each would have been pending and fired, for ' +
    'which items, at which hours, and whom Alertmanager would have told how often. As declared, beside as applied where ' +
    'that differs, and beside what was recorded then. Reads only. Gaps in the history are named and never count as quiet. ' +
    'Ends with 1 where some alert could not be replayed.',
  positionals: { alerts: alertNames },
  options: {
    stack: several('--stack <name>', 'Only alerts of these stacks.', { completion: 'stack' }),
    from: duration('--from <duration>', 'How far to look back.', '30d'),
    step,
    plan: text('--plan <file>', 'Compare what a saved plan would leave behind with what is applied.', {
      completion: 'file',
    }),
    with: oneOf(
      '--with <name>',
      'Replay by range queries, or by vmalert of VictoriaMetrics where that is on PATH.',
      ['range-queries', 'vmalert'],
      'range-queries',
    ),
  },
  exits: ['findings'],
  examples: [
    { line: 'opsctl backtest HostMemoryShort --from 14d', text: 'One alert over two weeks, in every stack.' },
    {
      line: 'opsctl plan --out change.plan && opsctl backtest --plan change.plan --stack plant-1',
      text: 'What the alerts of a stack would have done, before and after the plan.',
    },
  ],
  run: async (values, session) => {
    const { begun, work } = await whileSandboxStarts(session, () => import('./run-backtest.ts'));
    return await work.runBacktest(values, session, begun);
  },
});
