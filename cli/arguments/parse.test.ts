import { describe, expect, it } from 'vitest';
import type { ExitName } from '../exit-code.ts';
import { type AnyCommand, defineCommand } from './command.ts';
import { duration, flag, oneOf, several, text, wholeNumber } from './option.ts';
import { parseArguments } from './parse.ts';
import { optionalWord, words } from './positional.ts';

describe('a command line', () => {
  it.each([
    { name: 'without options has their fallbacks', line: 'paint', values: {} },
    { name: 'has a flag', line: 'paint --wet', values: { wet: true } },
    { name: 'has a text', line: 'paint --colour-name red', values: { colourName: 'red' } },
    { name: 'has a text behind =', line: 'paint --colour-name=red', values: { colourName: 'red' } },
    {
      name: 'has the last of two texts',
      line: 'paint --colour-name red --colour-name blue',
      values: { colourName: 'blue' },
    },
    { name: 'has several values', line: 'paint --wall a --wall b,c', values: { wall: ['a', 'b', 'c'] } },
    { name: 'has a number', line: 'paint --coats 3', values: { coats: 3 } },
    { name: 'has one of a few words', line: 'paint --tool roller', values: { tool: 'roller' } },
    { name: 'has a duration', line: 'paint --dry 1m30s', values: { dry: 90_000 } },
    { name: 'has a word', line: 'paint kitchen', values: { room: 'kitchen' } },
    {
      name: 'has a word between options',
      line: 'paint --wet kitchen --coats 2',
      values: { room: 'kitchen', wet: true, coats: 2 },
    },
    { name: 'has a word that looks like an option behind --', line: 'paint -- --wet', values: { room: '--wet' } },
    { name: 'reads a variable', line: 'paint', env: { PAINT_COLOUR: 'green' }, values: { colourName: 'green' } },
    {
      name: 'weighs more than a variable',
      line: 'paint --colour-name red',
      env: { PAINT_COLOUR: 'green' },
      values: { colourName: 'red' },
    },
    { name: 'takes an empty variable for none', line: 'paint', env: { PAINT_COLOUR: '' }, values: {} },
    { name: 'names a command in a group', line: 'shop sell a b', values: { goods: ['a', 'b'] }, command: 'shop sell' },
  ])('$name', async ({ line, env, values, command = 'paint' }) => {
    const defaults =
      command === 'paint'
        ? { room: null, wet: false, colourName: null, wall: [], coats: 1, tool: 'brush', dry: 0 }
        : {};
    expect(await valuesOf(line, env)).toEqual({ command, values: { ...defaults, ...values } });
  });

  it.each([
    { name: 'before the command', line: '--json --environment lab paint' },
    { name: 'behind the command', line: 'paint --json --environment lab' },
    { name: 'on both sides', line: '--json paint --environment lab' },
    { name: 'behind a command in a group', line: 'shop sell a --json --environment lab' },
  ])('may have global options $name', async ({ line }) => {
    const invocation = await parse(line);
    expect(invocation.kind === 'run' && invocation.globals).toMatchObject({
      json: true,
      environment: 'lab',
      colour: true,
    });
  });

  it.each(['--no-colour paint', 'paint --no-colour', 'paint --no-color', '--no-color paint'])(
    '%s turns colours off',
    async (line) => {
      const invocation = await parse(line);
      expect(invocation.kind === 'run' && invocation.globals.colour).toBe(false);
    },
  );

  it.each([
    {
      line: 'piant',
      stderr: "error: unknown command 'piant'\n(Did you mean paint?)\n",
      command: null,
      detail: "Unknown command 'piant'.",
      hint: 'Did you mean paint?',
    },
    {
      line: 'shop buy',
      stderr: "error: unknown command 'buy'\n",
      command: null,
      detail: "Unknown command 'buy'.",
      hint: 'Run `opsctl --help` for what there is.',
    },
    {
      line: 'paint --wett',
      command: 'paint',
      detail: "Unknown option '--wett'.",
      hint: 'Did you mean --wet?',
      stderr: `error: unknown option '--wett'\n(Did you mean --wet?)\nRun "opsctl paint --help" for its options and examples.\n`,
    },
    {
      line: 'paint --json=1',
      command: 'paint',
      detail: "Unknown option '--json=1'.",
      hint: 'Did you mean --json?',
      stderr: `error: unknown option '--json=1'\n(Did you mean --json?)\nRun "opsctl paint --help" for its options and examples.\n`,
    },
    {
      line: 'paint --coats',
      command: 'paint',
      detail: "Option '--coats <n>' argument missing.",
      hint: 'Run `opsctl paint --help` for what there is.',
      stderr: `error: option '--coats <n>' argument missing\nRun "opsctl paint --help" for its options and examples.\n`,
    },
    {
      line: 'paint --coats two',
      stderr: "error: --coats is a whole number from 1 to 9, not 'two'.\n",
      command: 'paint',
      detail: "--coats is a whole number from 1 to 9, not 'two'.",
      hint: 'Run `opsctl paint --help` for what there is.',
    },
    {
      line: 'paint --coats 10',
      stderr: "error: --coats is a whole number from 1 to 9, not '10'.\n",
      command: 'paint',
      detail: "--coats is a whole number from 1 to 9, not '10'.",
      hint: 'Run `opsctl paint --help` for what there is.',
    },
    {
      line: 'paint --coats -1',
      stderr: "error: --coats is a whole number from 1 to 9, not '-1'.\n",
      command: 'paint',
      detail: "--coats is a whole number from 1 to 9, not '-1'.",
      hint: 'Run `opsctl paint --help` for what there is.',
    },
    {
      line: 'paint --tool hammer',
      stderr: "error: --tool is one of brush, roller, not 'hammer'.\n",
      command: 'paint',
      detail: "--tool is one of brush, roller, not 'hammer'.",
      hint: 'Run `opsctl paint --help` for what there is.',
    },
    {
      line: 'paint --dry soon',
      stderr: "error: --dry is a duration such as 30s or 5m, not 'soon'.\n",
      command: 'paint',
      detail: "--dry is a duration such as 30s or 5m, not 'soon'.",
      hint: 'Run `opsctl paint --help` for what there is.',
    },
    {
      line: 'paint a b',
      command: 'paint',
      detail: "Too many arguments for 'paint'. Expected 1 argument but got 2: a, b.",
      hint: 'Run `opsctl paint --help` for what there is.',
      stderr: `error: too many arguments for 'paint'. Expected 1 argument but got 2: a, b.\nRun "opsctl paint --help" for its options and examples.\n`,
    },
    {
      line: 'shop sell',
      command: 'shop sell',
      detail: "Missing required argument 'goods'.",
      hint: 'Run `opsctl shop sell --help` for what there is.',
      stderr: `error: missing required argument 'goods'\nRun "opsctl shop sell --help" for its options and examples.\n`,
    },
    {
      line: 'paint --fail-on never',
      stderr: "error: --fail-on is one of error, warning, notice, not 'never'.\n",
      command: 'paint',
      detail: "--fail-on is one of error, warning, notice, not 'never'.",
      hint: 'Run `opsctl paint --help` for what there is.',
    },
  ])('$line is wrong usage, and says how it would be right', async ({ line, stderr, ...facts }) => {
    expect(await parse(line)).toEqual({ kind: 'misused', text: stderr, ...facts });
  });

  it('without a command is wrong usage, and shows what there is', async () => {
    const invocation = await parse('');
    expect(invocation).toEqual({
      kind: 'misused',
      command: null,
      detail: 'The command line names no command.',
      hint: 'Run `opsctl --help` for what there is.',
      text: expect.stringContaining('Commands:'),
    });
  });

  it.each(['paint --help', 'paint -h', 'help paint'])('%s shows the same help on stdout', async (line) => {
    const invocation = await parse(line);
    if (invocation.kind !== 'tell') throw new Error('No help was shown.');
    await expect(invocation.stdout).toMatchFileSnapshot('./golden/help-of-a-command.txt');
  });

  it.each(['--version', '-V'])('%s prints the version', async (line) => {
    expect(await parse(line)).toEqual({ kind: 'tell', what: 'version', command: null, stdout: '1.2.3\n' });
  });

  it('loads no command but the one that it names', async () => {
    const before = [...loaded];
    await parse('shop sell a');
    expect(loaded.slice(before.length)).toEqual(['sell']);
  });
});

const loaded: string[] = [];
const run = async (): Promise<ExitName> => 'done';

const paint = defineCommand({
  description: 'Paints a room.',
  positionals: { room: optionalWord('room', 'Which one.') },
  options: {
    wet: flag('--wet', 'On wet plaster.'),
    colourName: text('--colour-name <name>', 'Which colour.', { variable: 'PAINT_COLOUR' }),
    wall: several('--wall <name>', 'Which walls.'),
    coats: wholeNumber('--coats <n>', 'How many coats.', { minimum: 1, maximum: 9, fallback: 1 }),
    tool: oneOf('--tool <name>', 'With what.', ['brush', 'roller'], 'brush'),
    dry: duration('--dry <duration>', 'How long it dries.', '0s'),
  },
  exits: ['refused'],
  examples: [
    { line: 'opsctl paint kitchen', text: 'Paints the kitchen.' },
    { line: 'opsctl paint --coats 2', text: 'Paints everything twice.' },
  ],
  run,
});

const sell = defineCommand({
  ...paint,
  positionals: { goods: words('goods', 'What.') },
  options: {},
});

const commands = [
  { name: 'paint', summary: 'Paint.', load: async () => note('paint', paint) },
  { name: 'shop sell', summary: 'Sell.', load: async () => note('sell', sell) },
];

function note(name: string, command: AnyCommand): AnyCommand {
  loaded.push(name);
  return command;
}

function parse(line: string, env: Readonly<Record<string, string>> = {}) {
  const argv = line === '' ? [] : line.split(' ');
  return parseArguments(argv, { commands, version: '1.2.3', env, columns: 100 });
}

/** The values that the command is run with. */
async function valuesOf(line: string, env?: Readonly<Record<string, string>>) {
  let values: unknown;
  const spied = commands.map((entry) => ({
    ...entry,
    load: async () => ({
      ...(await entry.load()),
      run: async (given: unknown): Promise<ExitName> => {
        values = given;
        return 'done';
      },
    }),
  }));
  const invocation = await parseArguments(line.split(' '), {
    commands: spied,
    version: '1.2.3',
    env: env ?? {},
    columns: 100,
  });
  if (invocation.kind !== 'run') throw new Error(JSON.stringify(invocation));
  await invocation.run(undefined as never);
  return { command: invocation.name, values };
}
