import { readString, scanString } from '../promql/string-literal.ts';
import type { MatcherReading } from './matchers.ts';
import { type Matcher, type MatchOperator, makeMatcher } from './matchers.ts';
import type { AlertmanagerRelease } from './release.ts';

type Token = { readonly kind: 'sign'; readonly text: string } | { readonly kind: 'text'; readonly text: string };

/** The syntax of releases from 0.27 on: names and values are any text, quoted as in Go where they hold signs or spaces. */
export function parseUtf8Matchers(text: string, release: AlertmanagerRelease): MatcherReading {
  const tokens = scanTokens(text);
  if (typeof tokens === 'string') return { kind: 'invalid', reason: tokens };
  const inside = withoutBraces(tokens);
  if (inside === null) return { kind: 'invalid', reason: 'an opening and a closing brace do not belong together' };
  const matchers: Matcher[] = [];
  for (let at = 0; at < inside.length; at += 4) {
    const [name, operator, value, comma] = inside.slice(at, at + 4);
    if (name?.kind !== 'text' || operator?.kind !== 'sign' || value?.kind !== 'text' || !isOperator(operator.text))
      return { kind: 'invalid', reason: 'a matcher is a name, an operator and a value' };
    if (comma !== undefined && comma.text !== ',')
      return { kind: 'invalid', reason: 'matchers are separated by commas' };
    const made = makeMatcher(name.text, operator.text, value.text, release);
    if (made.kind === 'invalid') return made;
    matchers.push(made.matcher);
  }
  return { kind: 'matchers', matchers };
}

function isOperator(text: string): text is MatchOperator {
  return /^(?:=~|!~|!=|=)$/.test(text);
}

function withoutBraces(tokens: readonly Token[]): readonly Token[] | null {
  const isBrace = (token: Token | undefined, text: string) => token?.kind === 'sign' && token.text === text;
  const [opens, closes] = [isBrace(tokens[0], '{'), isBrace(tokens.at(-1), '}')];
  if (opens !== closes) return null;
  return opens ? tokens.slice(1, -1) : tokens;
}

// Reserved characters, and white space as Go knows it.
const unquoted = /[^{}!=~,\\"'`\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/y;
const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/y;
const sign = /=~|!~|!=|[={},]/y;

/** The tokens, or why there are none. */
function scanTokens(text: string): readonly Token[] | string {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] === '"') {
      const { to, problem } = scanString(text, at);
      if (problem !== null) return problem.text;
      tokens.push({ kind: 'text', text: readString(text.slice(at, to)) });
      at = to;
      continue;
    }
    const [found, kind] = scanPlain(text, at);
    if (found === '') return `${text[at]} has to stand in quotes`;
    if (kind !== 'space') tokens.push({ kind, text: found });
    at += found.length;
  }
  return tokens;
}

function scanPlain(text: string, at: number): readonly [found: string, kind: 'sign' | 'text' | 'space'] {
  for (const [pattern, kind] of [
    [space, 'space'],
    [sign, 'sign'],
    [unquoted, 'text'],
  ] as const) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return [found, kind];
  }
  return ['', 'text'];
}
