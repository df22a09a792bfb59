/** One condition of a route on one label. A label that an alert does not have counts as the empty text. */
export interface Matcher {
  readonly label: string;
  readonly operator: MatchOperator;
  readonly value: string;
  readonly accepts: (value: string) => boolean;
}

export type MatchOperator = '=' | '!=' | '=~' | '!~';

// name, operator, then a quoted value, which may hold commas, or a bare one, which may not.
const matcherPattern =
  /\s*(?:"((?:[^"\\]|\\.)*)"|([^\s="!~{},]+))\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^",}]*?))\s*(,|$)/y;

/**
 * Reads one entry of `matchers:`, which Alertmanager lets hold several, in braces or not: `team="ops"`,
 * `{severity=~"critical|warning", tenant!=""}`. Null when it is none.
 */
export function parseMatchers(text: string): readonly Matcher[] | null {
  const trimmed = text.trim();
  const body = trimmed.startsWith('{') && trimmed.endsWith('}') ? trimmed.slice(1, -1).trim() : trimmed;
  const matchers: Matcher[] = [];
  for (let offset = 0; offset < body.length; ) {
    matcherPattern.lastIndex = offset;
    const match = matcherPattern.exec(body);
    const matcher = match === null ? null : readMatch(match);
    if (matcher === null) return null;
    matchers.push(matcher);
    offset = matcherPattern.lastIndex;
  }
  return matchers;
}

function readMatch([, quotedLabel, bareLabel = '', operator, quoted, bare = '']: RegExpExecArray): Matcher | null {
  const label = quotedLabel === undefined ? bareLabel : unquote(quotedLabel);
  return makeMatcher(label, operator as MatchOperator, quoted === undefined ? bare : unquote(quoted));
}

/** Null when the value is no regular expression and the operator wants one. */
export function makeMatcher(label: string, operator: MatchOperator, value: string): Matcher | null {
  switch (operator) {
    case '=':
      return { label, operator, value, accepts: (found) => found === value };
    case '!=':
      return { label, operator, value, accepts: (found) => found !== value };
    case '=~':
    case '!~': {
      const pattern = compilePattern(value);
      if (pattern === null) return null;
      return { label, operator, value, accepts: (found) => pattern.test(found) === (operator === '=~') };
    }
    default:
      return operator satisfies never;
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' };

/** Any other escape stays as it is written, so that patterns need not double theirs. */
function unquote(text: string): string {
  return text.replaceAll(/\\(.)/g, (written: string, character: string) => escapes[character] ?? written);
}

/** Alertmanager anchors its patterns at both ends. RE2 writes flags for the whole pattern at its head. */
function compilePattern(text: string): RegExp | null {
  const [head = '', flags = ''] = /^\(\?([ims]+)\)/.exec(text) ?? [];
  const anchored = `^(?:${text.slice(head.length)})$`;
  // RE2 lets any punctuation be escaped; with `u` JavaScript does not.
  return tryPattern(anchored, `u${flags}`) ?? tryPattern(anchored, flags);
}

function tryPattern(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}
