import type { ExitName } from '../exit-code.ts';
import type { Session } from '../session.ts';
import type { Options, OptionValues } from './option.ts';
import type { Positionals, PositionalValues } from './positional.ts';

/** One command: what its command line may hold, what help says, and what it does. */
export interface Command<Words extends Positionals = Positionals, Declared extends Options = Options> {
  /** Full sentences below the summary in `--help`. */
  readonly description: string;
  readonly positionals: Words;
  readonly options: Declared;
  /** Ends besides `done`, `failure`, `usage` and `interrupted`, which every command may have. */
  readonly exits: readonly ExitName[];
  readonly examples: readonly [Example, Example, ...Example[]];
  readonly run: (values: PositionalValues<Words> & OptionValues<Declared>, session: Session) => Promise<ExitName>;
}

export interface Example {
  readonly line: string;
  /** What it does, as a sentence. */
  readonly text: string;
}

/** A command with its values already read: what is left is to run it. */
export type AnyCommand = Omit<Command, 'run'> & {
  readonly run: (values: Readonly<Record<string, unknown>>, session: Session) => Promise<ExitName>;
};

/** Declares a command; the values that `run` gets have the types of the declarations. */
export function defineCommand<const Words extends Positionals, const Declared extends Options>(
  command: Command<Words, Declared>,
): AnyCommand {
  return {
    ...command,
    // What arguments/parse.ts hands over was read by these very declarations.
    run: (values, session) => command.run(values as PositionalValues<Words> & OptionValues<Declared>, session),
  };
}
