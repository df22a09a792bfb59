import { globalOptions } from '../../arguments/global-options.ts';
import type { CompletionKind, OptionDeclaration, Options } from '../../arguments/option.ts';
import type { PositionalDeclaration } from '../../arguments/positional.ts';
import type { CommandEntry } from '../index.ts';

/** Something that may stand at the cursor. */
export interface Candidate {
  readonly value: string;
  readonly doc: string;
}

export type Completion =
  | { readonly kind: 'candidates'; readonly candidates: readonly Candidate[] }
  /** The shell knows best. */
  | { readonly kind: 'files' };

/** Names that only the repository knows. */
export type NamesOf = (kind: CompletionKind) => Promise<readonly string[]>;

/**
 * What may stand in the last of the words; the one under the cursor, perhaps empty. Loads the one command that the words
 * before it name, and nothing else.
 */
export async function complete(
  words: readonly string[],
  commands: readonly CommandEntry[],
  namesOf: NamesOf,
): Promise<Completion> {
  const current = words.at(-1) ?? '';
  const line = readLine(words.slice(0, -1), commands);
  if (line.entry === null)
    return candidates([...commandNames(line.path, commands), ...optionNames(globalOptions, current)], current);
  const command = await line.entry.load();
  const options: Options = { ...command.options, ...globalOptions };
  const waiting = optionCalled(line.rest.at(-1), options);
  if (waiting !== undefined && takesValue(waiting)) return await valuesOf(waiting, current, namesOf);
  if (current.startsWith('-')) return candidates(optionNames(options, current), current);
  const positional = positionalAt(wordsIn(line.rest, options), Object.values(command.positionals));
  if (positional === undefined) return candidates(optionNames(options, '-'), current);
  return await valuesOf(positional, current, namesOf);
}

interface Line {
  readonly entry: CommandEntry | null;
  /** Command words so far: `state`, when more of them may follow. */
  readonly path: readonly string[];
  readonly rest: readonly string[];
}

/** Finds the command: the first words that are neither global options nor their values. */
function readLine(words: readonly string[], commands: readonly CommandEntry[]): Line {
  const path: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word.startsWith('-')) {
      const option = optionCalled(word, globalOptions);
      if (option !== undefined && takesValue(option)) index += 1;
      continue;
    }
    path.push(word);
    const entry = commands.find(({ name }) => name === path.join(' '));
    if (entry !== undefined) return { entry, path, rest: words.slice(index + 1) };
  }
  return { entry: null, path, rest: [] };
}

function commandNames(path: readonly string[], commands: readonly CommandEntry[]): readonly Candidate[] {
  const within = commands.filter(
    ({ name, isHidden }) => !isHidden && path.every((word, index) => name.split(' ')[index] === word),
  );
  const next = within.map(({ name, summary }) => {
    const words = name.split(' ');
    return { value: words[path.length] ?? '', doc: words.length === path.length + 1 ? summary : '' };
  });
  return [...new Map(next.map((candidate) => [candidate.value, candidate])).values()].filter(
    ({ value }) => value !== '',
  );
}

/** Options are offered once a dash is there: before, they would hide what else may come. */
function optionNames(options: Options, current: string): readonly Candidate[] {
  if (!current.startsWith('-')) return [];
  return Object.values(options).map(({ flags, doc }) => ({ value: longName(flags), doc }));
}

function optionCalled(word: string | undefined, options: Options): OptionDeclaration<unknown> | undefined {
  return Object.values(options).find(({ flags }) => word !== undefined && flags.split(/[ ,]+/).includes(word));
}

function takesValue({ flags }: OptionDeclaration<unknown>): boolean {
  return flags.includes('<');
}

function longName(flags: string): string {
  return flags.split(/[ ,]+/).find((part) => part.startsWith('--')) ?? flags;
}

/** The words that are neither options nor their values. */
function wordsIn(rest: readonly string[], options: Options): number {
  return rest.filter((word, index) => {
    if (word.startsWith('-')) return false;
    const before = optionCalled(rest[index - 1], options);
    return before === undefined || !takesValue(before);
  }).length;
}

function positionalAt(
  index: number,
  positionals: readonly PositionalDeclaration<unknown>[],
): PositionalDeclaration<unknown> | undefined {
  const last = positionals.at(-1);
  return positionals[index] ?? (last?.usage.includes('...') ? last : undefined);
}

async function valuesOf(
  place: Pick<OptionDeclaration<unknown>, 'choices' | 'completion'>,
  current: string,
  namesOf: NamesOf,
): Promise<Completion> {
  if (place.choices !== undefined) return candidates(place.choices.map(plainCandidate), current);
  if (place.completion === undefined) return { kind: 'candidates', candidates: [] };
  if (place.completion === 'file' || place.completion === 'directory') return { kind: 'files' };
  const found = candidates((await namesOf(place.completion)).map(plainCandidate), current);
  // A dashboard may also be a file of anybody.
  const isFile = place.completion === 'dashboard' && found.kind === 'candidates' && found.candidates.length === 0;
  return isFile ? { kind: 'files' } : found;
}

function plainCandidate(value: string): Candidate {
  return { value, doc: '' };
}

function candidates(all: readonly Candidate[], current: string): Completion {
  return { kind: 'candidates', candidates: all.filter(({ value }) => value.startsWith(current)) };
}
