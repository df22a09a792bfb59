import { Command as CommanderCommand, CommanderError, Option } from 'commander';
import type { CommandEntry } from '../commands/index.ts';
import { type ExitName, exitCodes } from '../exit-code.ts';
import type { Session } from '../session.ts';
import type { AnyCommand } from './command.ts';
import { type GlobalValues, globalOptions } from './global-options.ts';
import { helpAfter } from './help-text.ts';
import type { OptionDeclaration, Options } from './option.ts';
import { UsageError } from './usage-error.ts';

/** What a command line asks for. */
export type Invocation =
  | {
      readonly kind: 'run';
      /** `state mv` */
      readonly name: string;
      readonly globals: GlobalValues;
      readonly run: (session: Session) => Promise<ExitName>;
    }
  /** Help or a version: already a text. */
  | {
      readonly kind: 'tell';
      readonly what: 'help' | 'version';
      readonly command: string | null;
      readonly stdout: string;
    }
  | Misuse;

/** What is wrong with a command line, and how it would be right. */
export interface Misuse {
  readonly kind: 'misused';
  /** `state mv`; null when the line names no command that there is. */
  readonly command: string | null;
  readonly detail: string;
  readonly hint: string;
  /** All of it for people. */
  readonly text: string;
}

export interface ParseInput {
  readonly commands: readonly CommandEntry[];
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly columns: number;
}

/**
 * Reads a command line. Only the module of the command that is named gets loaded: until then its name and summary, which
 * the list of commands has, are enough.
 */
export async function parseArguments(argv: readonly string[], input: ParseInput): Promise<Invocation> {
  const told = { stdout: '', stderr: '' };
  const program = new CommanderCommand('opsctl');
  let invocation: Invocation | undefined;
  prepare(program, input, told);
  program.description(
    'Operations as code: plans an organisation against its real systems and applies what was approved.',
  );
  program.version(input.version, '-V, --version', 'Print the version.');
  addOptions(program, globalOptions);
  program.addHelpText(
    'after',
    '\nopsctl COMMAND --help shows its options, exit codes and examples. To begin: opsctl init',
  );
  const leaves = input.commands.map((entry) => {
    const leaf = addLeaf(program, entry);
    leaf.action(() => {
      invocation = read(entry.name, commandOf(leaf), leaf, input.env);
    });
    return leaf;
  });
  try {
    await program.parseAsync(helpFirst(argv), { from: 'user' });
  } catch (error) {
    const named = leaves.find((leaf) => loaded.has(leaf));
    const command = named === undefined ? null : (entries.get(named)?.name ?? null);
    if (!(error instanceof CommanderError) || error.exitCode !== exitCodes.done)
      return misuseOf(error, told.stderr, command);
    const what = error.code === 'commander.version' ? 'version' : 'help';
    return { kind: 'tell', what, command, stdout: told.stdout };
  }
  if (invocation === undefined) throw new Error('Bug: the command line named no command, and nobody said so.');
  return invocation;
}

/** `opsctl help plan` means `opsctl plan --help`. */
function helpFirst(argv: readonly string[]): readonly string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
}

function prepare(program: CommanderCommand, { columns }: ParseInput, told: { stdout: string; stderr: string }): void {
  program.exitOverride();
  program.enablePositionalOptions();
  program.helpCommand(false);
  program.helpOption('-h, --help', 'Show this help.');
  program.configureHelp({ showGlobalOptions: false });
  program.configureOutput({
    writeOut: (text) => {
      told.stdout += text;
    },
    writeErr: (text) => {
      told.stderr += text;
    },
    getOutHelpWidth: () => columns,
    getErrHelpWidth: () => columns,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  program.hook('preSubcommand', fillIn);
}

const entries = new WeakMap<CommanderCommand, CommandEntry>();
const loaded = new WeakMap<CommanderCommand, AnyCommand>();

/** Adds `state mv` as `mv` below `state`, which is made when it is not there yet. */
function addLeaf(program: CommanderCommand, entry: CommandEntry): CommanderCommand {
  const names = entry.name.split(' ');
  const parent = names.slice(0, -1).reduce(groupCalled, program);
  const leaf = parent.command(names.at(-1) ?? entry.name, { hidden: entry.isHidden === true });
  leaf.summary(entry.summary);
  leaf.description(entry.summary);
  leaf.showHelpAfterError(`Run "opsctl ${entry.name} --help" for its options and examples.`);
  entries.set(leaf, entry);
  return leaf;
}

function groupCalled(parent: CommanderCommand, name: string): CommanderCommand {
  const known = parent.commands.find((command) => command.name() === name);
  if (known !== undefined) return known;
  const group = parent.command(name);
  group.description(groupSummaries[name] ?? '');
  group.hook('preSubcommand', fillIn);
  return group;
}

const groupSummaries: Readonly<Record<string, string>> = {
  import: 'Take over rules, dashboards and routing that are there already.',
  agents: 'List all that collects, in all tiers, and plan its updates.',
  tenancy: 'Try whether the walls between tenants hold.',
  dashboards: 'List dashboards, and draw them without Grafana.',
  slo: 'Measure service level objectives, and hold changes to their budgets.',
  state: 'Look at what was last applied, and mend it.',
  dev: 'Tools for those who develop content and opsctl itself.',
};

const globalHeading = 'Global options:';

/** Called when a command is named, before the rest of the line is read. */
async function fillIn(_parent: CommanderCommand, leaf: CommanderCommand): Promise<void> {
  const entry = entries.get(leaf);
  if (entry === undefined) return;
  const command = await entry.load();
  loaded.set(leaf, command);
  leaf.description(`${entry.summary}\n\n${command.description}`);
  for (const { usage, doc } of Object.values(command.positionals)) leaf.argument(usage, doc);
  addOptions(leaf, command.options);
  addOptions(leaf, globalOptions, globalHeading);
  leaf.addHelpOption(new Option('-h, --help', 'Show this help.').helpGroup(globalHeading));
  leaf.addHelpText('after', helpAfter(command));
}

function addOptions(target: CommanderCommand, options: Options, heading?: string): void {
  for (const { flags, doc, variable } of Object.values(options)) {
    const option = new Option(flags, variable === undefined ? doc : `${doc} Variable ${variable}.`);
    if (heading !== undefined) option.helpGroup(heading);
    // Each option's own reader sees every text it was given, so the last one counts or all do, as it decides.
    if (option.required) option.argParser<string[]>((value, former) => [...(former ?? []), value]);
    target.addOption(option);
    if (flags === '--no-colour') target.addOption(new Option('--no-color').hideHelp());
  }
}

function commandOf(leaf: CommanderCommand): AnyCommand {
  const command = loaded.get(leaf);
  if (command === undefined) throw new Error(`Bug: ${leaf.name()} was parsed before it was loaded.`);
  return command;
}

function read(name: string, command: AnyCommand, leaf: CommanderCommand, env: ParseInput['env']): Invocation {
  const raw: Record<string, unknown> = { ...rootOf(leaf).opts(), ...leaf.opts() };
  for (const negated of ['colour', 'color']) {
    if ([rootOf(leaf), leaf].some((level) => level.opts()[negated] === false)) raw['colour'] = false;
  }
  const globals = readOptions(globalOptions, raw, env) as GlobalValues;
  const values = { ...readPositionals(command, leaf.args), ...readOptions(command.options, raw, env) };
  return { kind: 'run', name, globals, run: (session) => command.run(values, session) };
}

function rootOf(leaf: CommanderCommand): CommanderCommand {
  return leaf.parent === null ? leaf : rootOf(leaf.parent);
}

function readOptions(
  options: Options,
  raw: Readonly<Record<string, unknown>>,
  env: ParseInput['env'],
): Record<string, unknown> {
  const entriesRead = Object.entries(options).map(([name, option]) => [name, option.read(given(option, raw, env))]);
  return Object.fromEntries(entriesRead);
}

function given(
  option: OptionDeclaration<unknown>,
  raw: Readonly<Record<string, unknown>>,
  env: ParseInput['env'],
): readonly string[] | undefined {
  const parsed = new Option(option.flags);
  const value = raw[parsed.attributeName()];
  if (Array.isArray(value)) return value;
  if (value === !parsed.negate) return [];
  const fromVariable = option.variable === undefined ? undefined : env[option.variable];
  return fromVariable === undefined || fromVariable === '' ? undefined : [fromVariable];
}

function readPositionals({ positionals }: AnyCommand, args: readonly string[]): Record<string, unknown> {
  const declared = Object.entries(positionals);
  return Object.fromEntries(
    declared.map(([name, { usage, read }], index) => [
      name,
      read(usage.includes('...') ? args.slice(index) : args.slice(index, index + 1)),
    ]),
  );
}

function misuseOf(error: unknown, told: string, command: string | null): Misuse {
  const help = `Run \`opsctl ${command === null ? '' : `${command} `}--help\` for what there is.`;
  if (error instanceof UsageError) {
    const { message } = error;
    return { kind: 'misused', command, detail: message, hint: help, text: `${told}error: ${message}\n` };
  }
  if (!(error instanceof CommanderError)) throw error;
  return { kind: 'misused', command, ...describeRefusal(error, help), text: told };
}

/** commander's `error: unknown command 'piant'\n(Did you mean paint?)` as a sentence and a hint. */
function describeRefusal({ code, message }: CommanderError, help: string): Pick<Misuse, 'detail' | 'hint'> {
  if (code === 'commander.help') return { detail: 'The command line names no command.', hint: help };
  const [problem = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const sentence = `${problem.charAt(0).toUpperCase()}${problem.slice(1)}`;
  return {
    detail: sentence.endsWith('.') ? sentence : `${sentence}.`,
    hint: suggestion === undefined ? help : suggestion.replaceAll(/^\(|\)$/g, ''),
  };
}
