import { defineCommand } from '../../arguments/command.ts';
import { flag, neededText, oneOf, several, wholeNumber } from '../../arguments/option.ts';
import { optionalWord } from '../../arguments/positional.ts';
import { fromOption, prometheusOption, timeZoneOption, variableOption } from './preview-options.ts';

export const command = defineCommand({
  description:
    'Draws a dashboard as it would look in Grafana: one of a stack, or a JSON file of anybody. Values come from the ' +
    'Prometheus that the environment binds, from the one named, or are made up. The file holds all of itself, and needs ' +
    'neither a network nor a script to be looked at. Ends with 1 when a query failed.',
  positionals: {
    dashboard: optionalWord(
      'dashboard',
      'As `dashboards list` names it, such as plant-1/overview, or a file.',
      'dashboard',
    ),
  },
  options: {
    out: neededText('--out <path>', 'The file to write; with --all, a folder.', { completion: 'file' }),
    all: flag('--all', 'Every dashboard, each in a file, and a page that leads to them.'),
    stack: several('--stack <name>', 'Only these stacks; all of them when not given.', { completion: 'stack' }),
    format: oneOf('--format <format>', 'What to write.', ['html', 'svg'], 'html'),
    from: fromOption,
    prometheus: prometheusOption,
    generated: flag('--generated', 'Make values up, the same for the same seed.'),
    seed: wholeNumber('--seed <number>', 'For made-up values.', { minimum: 0, maximum: 999_999_999, fallback: 1 }),
    variable: variableOption,
    theme: oneOf('--theme <name>', 'Colours.', ['dark', 'light'], 'dark'),
    timeZone: timeZoneOption,
  },
  exits: ['findings'],
  examples: [
    {
      line: 'opsctl dashboards preview plant-1/overview --out overview.html --environment production',
      text: 'What the plant would see now, asked from its own Prometheus.',
    },
    {
      line: 'opsctl dashboards preview node.json --out node.svg --format svg --prometheus http://127.0.0.1:9090 --from 24h',
      text: 'A dashboard from elsewhere, over the last day.',
    },
  ],
  run: async (values, session) => {
    const { runPreview } = await import('./run-preview.ts');
    return await runPreview(values, session);
  },
});
