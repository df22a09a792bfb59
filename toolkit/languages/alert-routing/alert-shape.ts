import type { Matcher } from './matchers.ts';

/** What is known of the labels of one alert before it fires: a text, or null for a value that only the series knows. */
export type AlertShape = Readonly<Record<string, string | null>>;

export type Certainty = 'yes' | 'no' | 'maybe';

/** Whether alerts of a shape fulfil all matchers. A label that the shape does not have is never there. */
export function matchesShape(matchers: readonly Matcher[], shape: AlertShape): Certainty {
  let certainty: Certainty = 'yes';
  for (const matcher of matchers) {
    const one = matchesLabel(matcher, labelOf(shape, matcher.label));
    if (one === 'no') return 'no';
    if (one === 'maybe') certainty = 'maybe';
  }
  return certainty;
}

/** The empty text where the label is not there. */
export function labelOf(shape: AlertShape, name: string): string | null {
  return Object.hasOwn(shape, name) ? (shape[name] ?? null) : '';
}

function matchesLabel({ operator, value, values, accepts }: Matcher, held: string | null): Certainty {
  if (held !== null) return accepts(held) ? 'yes' : 'no';
  // A label that is there has a value, which is never the empty text.
  if (operator === '!=' && value === '') return 'yes';
  return values?.every((accepted) => accepted === '') ? 'no' : 'maybe';
}
