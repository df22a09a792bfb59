import { compilePattern } from './compile-pattern.ts';
import { type LabelSet, labelValue } from './label-set.ts';
import type { AlertmanagerRelease } from './release.ts';

/** One condition on one label. A label that an alert does not have counts as the empty text. */
export interface Matcher {
  readonly label: string;
  readonly operator: MatchOperator;
  readonly value: string;
  readonly accepts: (value: string) => boolean;
  /** All values that it accepts, where those are few and known. */
  readonly values: readonly string[] | null;
}

export type MatchOperator = '=' | '!=' | '=~' | '!~';

export type MadeMatcher =
  | { readonly kind: 'matcher'; readonly matcher: Matcher }
  | { readonly kind: 'invalid'; readonly reason: string };

export function makeMatcher(
  label: string,
  operator: MatchOperator,
  value: string,
  release: AlertmanagerRelease,
): MadeMatcher {
  switch (operator) {
    case '=':
      return made({ label, operator, value, accepts: (found) => found === value, values: [value] });
    case '!=':
      return made({ label, operator, value, accepts: (found) => found !== value, values: null });
    case '=~':
    case '!~': {
      const pattern = compilePattern(value, release);
      if (pattern.kind === 'invalid')
        return { kind: 'invalid', reason: `${JSON.stringify(value)} is no pattern of RE2: ${pattern.reason}` };
      const { accepts, values } = pattern;
      if (operator === '=~') return made({ label, operator, value, accepts, values });
      return made({ label, operator, value, accepts: (found) => !accepts(found), values: null });
    }
    default:
      return operator satisfies never;
  }
}

function made(matcher: Matcher): MadeMatcher {
  return { kind: 'matcher', matcher };
}

export function matchesAll(matchers: readonly Matcher[], labels: LabelSet): boolean {
  for (const matcher of matchers) if (!matcher.accepts(labelValue(labels, matcher.label))) return false;
  return true;
}

/** Stands for a matcher that could not be read: what has it takes nothing. */
export const acceptsNothing: Matcher = { label: '', operator: '=', value: '', accepts: () => false, values: [] };

/** As Alertmanager prints it. Names that only newer releases know are quoted. */
export function printMatcher({ label, operator, value }: Pick<Matcher, 'label' | 'operator' | 'value'>): string {
  const name = /^[^\s{}!=~,\\"'`]+$/.test(label) ? label : JSON.stringify(label);
  const text = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `${name}${operator}"${text}"`;
}

/** By name, value and operator, which is the order in which Alertmanager keeps them and makes keys of them. */
export function sortMatchers(matchers: readonly Matcher[]): readonly Matcher[] {
  return [...matchers].sort(
    (left, right) =>
      compareTexts(left.label, right.label) ||
      compareTexts(left.value, right.value) ||
      operators.indexOf(left.operator) - operators.indexOf(right.operator),
  );
}

const operators: readonly MatchOperator[] = ['=', '!=', '=~', '!~'];

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** What one of the two syntaxes makes of a text. */
export type MatcherReading =
  | { readonly kind: 'matchers'; readonly matchers: readonly Matcher[] }
  | { readonly kind: 'invalid'; readonly reason: string };
