import { acceptsNothing, type Matcher, type MatchOperator, makeMatcher, sortMatchers } from './matchers.ts';
import { parseMatchers } from './parse-matchers.ts';
import {
  type Entry,
  type Mapping,
  type Pair,
  pairsOf,
  pointerOf,
  type Reading,
  report,
  textsOf,
} from './read-fields.ts';

/** The matchers of a route or of one side of an inhibit rule: `matchers`, and the older `match` and `match_re`. */
export function readMatchers(mapping: Mapping, prefix: '' | 'source_' | 'target_'): readonly Matcher[] {
  const { reading } = mapping;
  const matchers = [
    ...pairsOf(mapping, `${prefix}match`).map((pair) => readPair(pair, '=', reading)),
    ...pairsOf(mapping, `${prefix}match_re`).map((pair) => readPair(pair, '=~', reading)),
    ...(textsOf(mapping, `${prefix}matchers`) ?? []).flatMap((entry) => readEntry(entry, reading)),
  ];
  for (const name of [`${prefix}match`, `${prefix}match_re`])
    if (Object.hasOwn(mapping.fields, name)) reportDeprecated(mapping, name, `${prefix}matchers`);
  return sortMatchers(matchers);
}

function reportDeprecated(mapping: Mapping, name: string, instead: string): void {
  report(mapping.reading, {
    code: 'deprecated-field',
    weight: 'doubtful',
    at: 'key',
    pointer: pointerOf(mapping, name),
    text: `${name} is the older way to write ${instead}, and is going to be removed from Alertmanager.`,
    expected: instead,
  });
}

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function readPair({ key, value, pointer }: Pair, operator: MatchOperator, reading: Reading): Matcher {
  if (!labelName.test(key))
    report(reading, { code: 'label-name', at: 'key', pointer, text: `${JSON.stringify(key)} is no name of a label.` });
  // Alertmanager puts anchors around a pattern of `match_re`, and later around that as around any other.
  const anchored = operator === '=~' ? `^(?:${value})$` : value;
  const [alone, made] = [value, anchored].map((text) => makeMatcher(key, operator, text, reading.release));
  if (alone?.kind === 'matcher' && made?.kind === 'matcher') return made.matcher;
  const reason = [alone, made].find((tried) => tried?.kind === 'invalid')?.reason ?? '';
  report(reading, { code: 'matcher', pointer, text: `${capital(reason)}.` });
  return acceptsNothing;
}

function readEntry({ value, pointer }: Entry<string>, reading: Reading): readonly Matcher[] {
  const parsed = parseMatchers(value, reading.release);
  if (parsed.kind === 'invalid') {
    report(reading, { code: 'matcher', pointer, text: `${capital(parsed.reason)}.` });
    return [acceptsNothing];
  }
  const { reading: manner, matchers } = parsed;
  if (manner !== 'plain')
    report(reading, { code: 'matcher-syntax', weight: 'doubtful', pointer, text: doubts[manner], expected: quoted });
  if (matchers.length === 0)
    report(reading, {
      code: 'matcher',
      weight: 'doubtful',
      pointer,
      text: 'This entry holds no matcher, so it accepts every alert.',
    });
  return matchers;
}

const quoted = 'the value in double quotes, each backslash in it doubled';

const doubts = {
  fallback: 'Alertmanager reads this only as older releases did, and warns of it.',
  disagreement: 'The older and the newer syntax read this differently; Alertmanager keeps the older reading, for now.',
} as const;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Newer releases take any text for the name of a label. */
export function checkLabelName({ value, pointer }: Entry<string>, reading: Reading): void {
  const isValid = reading.release === '0.25' ? labelName.test(value) : value !== '';
  if (!isValid)
    report(reading, { code: 'label-name', pointer, text: `${JSON.stringify(value)} is no name of a label.` });
}
