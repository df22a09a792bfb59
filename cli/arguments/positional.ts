import type { CompletionKind } from './option.ts';
import { UsageError } from './usage-error.ts';

/** One word, or the rest of the words, of a command line that no option takes. */
export interface PositionalDeclaration<Value> {
  /** As help shows it: `<address>`, `[file]`, `<address...>`. */
  readonly usage: string;
  readonly doc: string;
  readonly completion?: CompletionKind;
  readonly choices?: readonly string[];
  readonly read: (given: readonly string[]) => Value;
}

export type Positionals = Readonly<Record<string, PositionalDeclaration<unknown>>>;

export type PositionalValues<Declared extends Positionals> = {
  readonly [Name in keyof Declared]: Declared[Name] extends PositionalDeclaration<infer Value> ? Value : never;
};

/** A word that must be there; commander refuses a command line without it. */
export function word(name: string, doc: string, completion?: CompletionKind): PositionalDeclaration<string> {
  return { usage: `<${name}>`, doc, ...completed(completion), read: ([first = '']) => first };
}

/** A word that must be there, and one of a few. */
export function wordOf<const Choice extends string>(
  name: string,
  doc: string,
  choices: readonly Choice[],
): PositionalDeclaration<Choice> {
  return {
    usage: `<${name}>`,
    doc: `${doc} One of ${choices.join(', ')}.`,
    choices,
    read([first = '']) {
      const choice = choices.find((known) => known === first);
      if (choice === undefined) throw new UsageError(`The ${name} is one of ${choices.join(', ')}, not '${first}'.`);
      return choice;
    },
  };
}

/** A word that may be left out. */
export function optionalWord(
  name: string,
  doc: string,
  completion?: CompletionKind,
): PositionalDeclaration<string | null> {
  return { usage: `[${name}]`, doc, ...completed(completion), read: ([first]) => first ?? null };
}

/** One word or more; the last of a command's positionals. */
export function words(
  name: string,
  doc: string,
  completion?: CompletionKind,
): PositionalDeclaration<readonly string[]> {
  return { usage: `<${name}...>`, doc, ...completed(completion), read: (given) => given };
}

function completed(completion: CompletionKind | undefined): { readonly completion?: CompletionKind } {
  return completion === undefined ? {} : { completion };
}
