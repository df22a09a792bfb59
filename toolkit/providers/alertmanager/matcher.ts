import type { JsonValue } from '../../model/index.ts';

const simpleMatcher = /^\s*([A-Za-z_:][\w:]*)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;

/**
 * A matcher with its value in quotes, as Alertmanager prints it: `severity = critical` is `severity="critical"`. A text
 * with several matchers in braces, or one that it would refuse, stays as it is.
 */
export function canonicalMatcher(matcher: JsonValue): JsonValue {
  if (typeof matcher !== 'string') return matcher;
  const [, name, operator, value] = simpleMatcher.exec(matcher) ?? [];
  if (name === undefined || operator === undefined || value === undefined) return matcher;
  const text = value.startsWith('"') ? unquoted(value) : bare(value);
  return text === null ? matcher : `${name}${operator}"${quoted(text)}"`;
}

/** Inside quotes Alertmanager knows three escapes, and takes any other backslash as it stands. */
function unquoted(value: string): string | null {
  if (!/^"(?:[^"\\]|\\.)*"$/s.test(value)) return null;
  return value.slice(1, -1).replace(/\\(["\\n])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

function bare(value: string): string | null {
  return /[",{}]/.test(value)
    ? null
    : value.replace(/\\([\\n])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
