import type { Matcher, MatchOperator } from '../../languages/alert-routing/matchers.ts';
import { makeMatcher } from '../../languages/alert-routing/matchers.ts';
import { debianRelease } from '../../languages/alert-routing/release.ts';
import { type DeclaredSilence, type ItemSelection, isSelected, type LabelTest } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';

/** One condition of a silence, as Alertmanager takes it. */
export interface SilenceMatcher {
  readonly label: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

/**
 * What the alerts of a silence have in common, all of it. The control point is always among it: what arrives from others
 * is theirs. Items stand there by their ids, because site and tier are labels of the watching of the control point too.
 */
export function matchersOf({ stack, items }: OperatedStack, { of, terms }: DeclaredSilence): readonly SilenceMatcher[] {
  const alerts = terms.alerts?.map(({ name }) => name) ?? [];
  const ids = isSelection(of) ? items.filter((item) => isSelected(of, item)).map(({ id }) => id) : [];
  return [
    { label: 'stack', operator: '=', value: stack.name },
    ...anyOf('item', ids),
    ...anyOf('alertname', alerts),
    ...(isSelection(of) ? [] : Object.entries(of).map(([label, test]) => matcherOf(label, test))),
  ];
}

/** The same for the alerts that these become at the tiers above; null where they are the same. */
export function escalatedMatchers(matchers: readonly SilenceMatcher[]): readonly SilenceMatcher[] | null {
  if (!matchers.some(({ label }) => label === 'alertname')) return null;
  const renamed = matchers.map((matcher) => (matcher.label === 'alertname' ? { ...matcher, label: 'alert' } : matcher));
  return [...renamed, { label: 'escalated', operator: '!=', value: '' }];
}

/** As they are compared; a text where a pattern is none. */
export function readMatchers(matchers: readonly SilenceMatcher[]): readonly Matcher[] | string {
  const read = matchers.map(({ label, operator, value }) => makeMatcher(label, operator, value, debianRelease));
  const invalid = read.find((one) => one.kind === 'invalid');
  if (invalid !== undefined) return invalid.reason;
  return read.flatMap((one) => (one.kind === 'matcher' ? [one.matcher] : []));
}

export function isSelection(of: DeclaredSilence['of']): of is ItemSelection {
  return of.kind === 'item-selection';
}

function anyOf(label: string, values: readonly string[]): readonly SilenceMatcher[] {
  const [first, ...others] = [...new Set(values)].sort();
  if (first === undefined) return [];
  if (others.length === 0) return [{ label, operator: '=', value: first }];
  return [{ label, operator: '=~', value: [first, ...others].map(literally).join('|') }];
}

function literally(text: string): string {
  return text.replaceAll(/[.+*?()|[\]{}^$\\]/g, String.raw`\$&`);
}

function matcherOf(label: string, test: LabelTest): SilenceMatcher {
  if (typeof test === 'string') return { label, operator: '=', value: test };
  if ('not' in test) return { label, operator: '!=', value: test.not };
  return 'matching' in test
    ? { label, operator: '=~', value: test.matching }
    : { label, operator: '!~', value: test.notMatching };
}
