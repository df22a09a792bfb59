import { type ApiMatcher, compilePattern } from '../../languages/alert-routing/index.ts';

/**
 * Whether a silence keeps everything from everybody, or everything critical: far more than one piece of work sets off.
 * Null: it names something that not every alert is.
 */
export function widthOf(matchers: readonly ApiMatcher[]): 'any alert' | 'any critical alert' | null {
  const ofSeverity = matchers.filter(({ name }) => name === 'severity');
  const others = matchers.filter(({ name }) => name !== 'severity');
  if (!others.every((matcher) => accepts(matcher, unheardOf))) return null;
  if (!ofSeverity.every((matcher) => accepts(matcher, 'critical'))) return null;
  return ofSeverity.every((matcher) => accepts(matcher, 'warning')) ? 'any alert' : 'any critical alert';
}

/** A value that nobody has in mind: what accepts it accepts nearly everything. */
const unheardOf = 'Zq7_unheard-of';

function accepts({ value, isRegex, isEqual }: ApiMatcher, text: string): boolean {
  if (!isRegex) return (text === value) === isEqual;
  const pattern = compilePattern(value, '0.25');
  // One that cannot be read here, but is in force there: better one line too many.
  return pattern.kind === 'invalid' || pattern.accepts(text) === isEqual;
}
