import type { Matcher, MatcherReading } from './matchers.ts';
import { parseClassicMatchers } from './parse-classic-matchers.ts';
import { parseUtf8Matchers } from './parse-utf8-matchers.ts';
import type { AlertmanagerRelease } from './release.ts';

export type ParsedMatchers =
  | {
      readonly kind: 'matchers';
      readonly matchers: readonly Matcher[];
      /** `fallback`: newer releases read it only as older ones did; `disagreement`: the two readings differ. */
      readonly reading: 'plain' | 'fallback' | 'disagreement';
    }
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * One entry of `matchers:`, which may hold several: `team="ops"`, `{severity=~"critical|warning", tenant!=""}`. Newer
 * releases try a stricter syntax first, in which names may be any quoted text, and fall back to the classic one; where
 * both can read an entry and do not agree, the classic reading counts.
 */
export function parseMatchers(text: string, release: AlertmanagerRelease): ParsedMatchers {
  const classic = parseClassicMatchers(text, release);
  if (release === '0.25') return withReading(classic, 'plain');
  const modern = parseUtf8Matchers(text, release);
  if (classic.kind === 'invalid') return modern.kind === 'invalid' ? classic : withReading(modern, 'plain');
  if (modern.kind === 'invalid') return withReading(classic, 'fallback');
  return withReading(classic, areEqual(classic.matchers, modern.matchers) ? 'plain' : 'disagreement');
}

function withReading(read: MatcherReading, reading: 'plain' | 'fallback' | 'disagreement'): ParsedMatchers {
  return read.kind === 'invalid' ? read : { ...read, reading };
}

function areEqual(left: readonly Matcher[], right: readonly Matcher[]): boolean {
  return (
    left.length === right.length &&
    left.every(({ label, operator, value }, index) => {
      const other = right[index];
      return label === other?.label && operator === other.operator && value === other.value;
    })
  );
}
