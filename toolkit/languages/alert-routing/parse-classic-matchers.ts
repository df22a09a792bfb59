import type { MatcherReading } from './matchers.ts';
import { type Matcher, type MatchOperator, makeMatcher } from './matchers.ts';
import type { AlertmanagerRelease } from './release.ts';

/** The syntax of all releases: a name of letters, an operator, and a value with or without quotes. */
export function parseClassicMatchers(text: string, release: AlertmanagerRelease): MatcherReading {
  const matchers: Matcher[] = [];
  for (const token of splitAtCommas(text.replace(/^\{/, '').replace(/\}$/, ''))) {
    const [, label, operator, raw] = matcherForm.exec(token) ?? [];
    if (label === undefined || raw === undefined) return invalid(`${JSON.stringify(token)} is no matcher`);
    const value = readValue(raw);
    if (value === null) return invalid(`the value ${raw} has a double quote that is neither escaped nor at its ends`);
    const made = makeMatcher(label, operator as MatchOperator, value, release);
    if (made.kind === 'invalid') return made;
    matchers.push(made.matcher);
  }
  return { kind: 'matchers', matchers };
}

// White space as Go's patterns know it.
const matcherForm =
  /^[\t\n\f\r ]*([a-zA-Z_:][a-zA-Z0-9_:]*)[\t\n\f\r ]*(=~|=|!=|!~)[\t\n\f\r ]*([\s\S]*?)[\t\n\f\r ]*$/;

function invalid(reason: string): MatcherReading {
  return { kind: 'invalid', reason };
}

/** Commas inside quotes separate nothing. A last part of nothing but space is none. */
function splitAtCommas(text: string): readonly string[] {
  const tokens: string[] = [];
  let [token, isQuoted, isEscaped] = ['', false, false];
  for (const character of text) {
    if (character === ',' && !isQuoted) {
      tokens.push(token);
      token = '';
      continue;
    }
    if (character === '"' && !isEscaped) isQuoted = !isQuoted;
    // A comma inside quotes leaves the escape as it was, which is an oddity of Alertmanager.
    if (character !== ',') isEscaped = character === '\\' && !isEscaped;
    token += character;
  }
  return token.trim() === '' ? tokens : [...tokens, token.trim()];
}

/** Three escapes are known; any other backslash stands for itself, so that patterns need not double theirs. */
function readValue(raw: string): string | null {
  const isQuoted = raw.startsWith('"');
  const text = isQuoted ? raw.slice(1) : raw;
  const last = text.length - 1;
  let value = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\\' && at < last) {
      at += 1;
      value += escaped(text[at] ?? '');
    } else if (character !== '"') value += character;
    else return isQuoted && at === last ? value : null;
  }
  return isQuoted ? null : value;
}

function escaped(character: string): string {
  if (character === 'n') return '\n';
  return character === '"' || character === '\\' ? character : `\\${character}`;
}
