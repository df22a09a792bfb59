import type { CounterSelector, LabelTest } from '../../model/index.ts';

/** A matcher as PromQL has it. */
export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export function matchersOf({ where = {} }: CounterSelector): readonly Matcher[] {
  return Object.entries(where).map(([label, test]) => ({ label, ...readTest(test) }));
}

/** `http_requests_total{code="200",item="mes-1"}` */
export function printSelector(metric: string, matchers: readonly Matcher[]): string {
  const printed = matchers.map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`);
  return printed.length === 0 ? metric : `${metric}{${printed.join(',')}}`;
}

/** Restricted to the items of the service, unless the author has chosen items. */
export function withItems(selector: CounterSelector, items: readonly string[]): readonly Matcher[] {
  const own = matchersOf(selector);
  return own.some(({ label }) => label === 'item') ? own : [...own, itemMatcher(items)];
}

export function itemMatcher(items: readonly string[]): Matcher {
  const [only = ''] = items;
  if (items.length === 1) return { label: 'item', operator: '=', value: only };
  return { label: 'item', operator: '=~', value: items.map(escapePattern).join('|') };
}

/**
 * Matchers of the whole that the part does not keep: without them it may count what the whole does not. `code="200"`
 * keeps `code=~"2.."` too.
 */
export function notKept(part: CounterSelector, whole: CounterSelector): readonly Matcher[] {
  const kept = matchersOf(part);
  return matchersOf(whole).filter(
    (wanted) => !kept.some((matcher) => matcher.label === wanted.label && implies(matcher, wanted)),
  );
}

function implies(given: Matcher, wanted: Matcher): boolean {
  if (given.operator === wanted.operator && given.value === wanted.value) return true;
  return given.operator === '=' && accepts(wanted, given.value);
}

/** A pattern that this machine's own expressions cannot read keeps nothing: better one finding too many. */
function accepts({ operator, value }: Matcher, text: string): boolean {
  if (operator === '=' || operator === '!=') return (text === value) === (operator === '=');
  try {
    return new RegExp(`^(?:${value})$`).test(text) === (operator === '=~');
  } catch {
    return false;
  }
}

function readTest(test: LabelTest): Pick<Matcher, 'operator' | 'value'> {
  if (typeof test === 'string') return { operator: '=', value: test };
  if ('not' in test) return { operator: '!=', value: test.not };
  return 'matching' in test ? { operator: '=~', value: test.matching } : { operator: '!~', value: test.notMatching };
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.|?+*()[\]{}]/g, '\\$&');
}
