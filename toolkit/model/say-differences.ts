import type { JsonValue } from './json.ts';
import { extrasIn, type PrintedFields } from './json-extras.ts';
import { missingIn } from './json-holds.ts';

export interface ComparedConfiguration {
  /** What was written into `file`, and what `runner` prints of what it runs; both canonical. */
  readonly written: JsonValue;
  readonly printed: JsonValue;
  readonly fields: PrintedFields;
  readonly file: string;
  /** `the server`: begins no sentence here. */
  readonly runner: string;
}

/** How the configuration that a program runs differs from its file: a sentence for each place, up to a number. */
export function sayDifferences(compared: ComparedConfiguration): readonly string[] {
  const { written, printed, fields, file, runner } = compared;
  const capital = runner.charAt(0).toUpperCase() + runner.slice(1);
  return [
    ...listed([...missingIn(printed, written)], {
      one: (place) => `${place} of ${file} is not what ${runner} runs.`,
      rest: (count) => `${count} more places of ${file} are not what ${runner} runs.`,
    }),
    ...listed([...extrasIn(printed, written, fields)], {
      one: (place) => `${capital} runs with ${place}, which is not in ${file}.`,
      rest: (count) => `${capital} runs with ${count} more fields that are not in ${file}.`,
    }),
  ];
}

/** A file that was replaced by another one differs everywhere, which nobody reads. */
const listedAtMost = 20;

interface Wording {
  one(place: string): string;
  rest(count: number): string;
}

function listed(places: readonly string[], { one, rest }: Wording): readonly string[] {
  // One more in words takes no more room than its count.
  const shown = places.length <= listedAtMost + 1 ? places : places.slice(0, listedAtMost);
  const more = places.length - shown.length;
  return [...shown.map(one), ...(more === 0 ? [] : [rest(more)])];
}
