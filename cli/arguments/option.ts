import { parseDuration } from '../../toolkit/model/duration.ts';
import { UsageError } from './usage-error.ts';

/** One option of a command. What it was given as text becomes its value here, once. */
export interface OptionDeclaration<Value> {
  /** As help shows it: `--out <file>`. */
  readonly flags: string;
  readonly doc: string;
  /** Variable that stands in for the option. */
  readonly variable?: string;
  readonly choices?: readonly string[];
  readonly completion?: CompletionKind;
  /** `given` is absent, or the texts after the option; for an option without a value, an empty list. */
  readonly read: (given: readonly string[] | undefined) => Value;
}

/** What can stand in a place, for completion in a shell. */
export type CompletionKind =
  | 'file'
  | 'directory'
  | 'stack'
  | 'address'
  | 'item'
  | 'environment'
  | 'person'
  | 'tenant'
  | 'alert'
  | 'dashboard';

export type Options = Readonly<Record<string, OptionDeclaration<unknown>>>;

export type OptionValues<Declared extends Options> = {
  readonly [Name in keyof Declared]: Declared[Name] extends OptionDeclaration<infer Value> ? Value : never;
};

interface Extras {
  readonly variable?: string;
  readonly completion?: CompletionKind;
}

/** `--yes`: given or not. */
export function flag(flags: string, doc: string): OptionDeclaration<boolean> {
  return { flags, doc, read: (given) => given !== undefined };
}

/** `--out <file>`; null when it is not given. */
export function text(flags: string, doc: string, extras: Extras = {}): OptionDeclaration<string | null> {
  return { flags, doc, ...extras, read: (given) => given?.at(-1) ?? null };
}

/** `--out <directory>`, without which the command cannot do its work. */
export function neededText(flags: string, doc: string, extras: Extras = {}): OptionDeclaration<string> {
  return {
    flags,
    doc: `${doc} Needed.`,
    ...extras,
    read(given) {
      const value = given?.at(-1);
      if (value === undefined) throw new UsageError(`${flags} is needed.`);
      return value;
    },
  };
}

/** `--stack <name>`, given several times or with commas. */
export function several(flags: string, doc: string, extras: Extras = {}): OptionDeclaration<readonly string[]> {
  return {
    flags,
    doc: `${doc} Can be given several times, or with commas.`,
    ...extras,
    read: (given = []) => given.flatMap((value) => value.split(',')).filter((value) => value !== ''),
  };
}

/** `--format <name>`, one of a few. */
export function oneOf<const Choice extends string>(
  flags: string,
  doc: string,
  choices: readonly Choice[],
  fallback: NoInfer<Choice>,
): OptionDeclaration<Choice> {
  return {
    flags,
    doc: `${doc} One of ${choices.join(', ')}; ${fallback} when not given.`,
    choices,
    read(given) {
      const value = given?.at(-1);
      const choice = value === undefined ? fallback : choices.find((known) => known === value);
      if (choice === undefined)
        throw new UsageError(`${nameOf(flags)} is one of ${choices.join(', ')}, not '${value}'.`);
      return choice;
    },
  };
}

/** `--to <engine>`, one of a few, without which the command cannot do its work. */
export function neededOneOf<const Choice extends string>(
  flags: string,
  doc: string,
  choices: readonly Choice[],
): OptionDeclaration<Choice> {
  return {
    flags,
    doc: `${doc} One of ${choices.join(', ')}. Needed.`,
    choices,
    read(given) {
      const value = given?.at(-1);
      const choice = choices.find((known) => known === value);
      if (value === undefined) throw new UsageError(`${flags} is needed.`);
      if (choice === undefined)
        throw new UsageError(`${nameOf(flags)} is one of ${choices.join(', ')}, not '${value}'.`);
      return choice;
    },
  };
}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
  readonly fallback: number;
}

/** `--parallel <n>`: a whole number. */
export function wholeNumber(
  flags: string,
  doc: string,
  { minimum, maximum, fallback }: Range,
): OptionDeclaration<number> {
  return {
    flags,
    doc: `${doc} ${fallback} when not given.`,
    read(given) {
      const value = given?.at(-1);
      if (value === undefined) return fallback;
      const count = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (count >= minimum && count <= maximum) return count;
      throw new UsageError(`${nameOf(flags)} is a whole number from ${minimum} to ${maximum}, not '${value}'.`);
    },
  };
}

/** `--lock-timeout 5m`, in milliseconds. */
export function duration(flags: string, doc: string, fallback: string): OptionDeclaration<number> {
  return {
    flags,
    doc: `${doc} ${fallback} when not given.`,
    read(given) {
      const value = given?.at(-1) ?? fallback;
      const ms = parseDuration(value);
      if (ms === null) throw new UsageError(`${nameOf(flags)} is a duration such as 30s or 5m, not '${value}'.`);
      return ms;
    },
  };
}

function nameOf(flags: string): string {
  return flags.match(/--[a-z-]+/)?.[0] ?? flags;
}
