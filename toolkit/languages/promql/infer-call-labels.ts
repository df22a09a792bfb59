import { checkPattern } from './check-pattern.ts';
import type { Call, Expression, Selector } from './expression.ts';
import {
  absent,
  anyLabels,
  eitherFact,
  type LabelFact,
  type LabelSet,
  labelFact,
  noLabels,
  possible,
  present,
  presentWith,
  withFacts,
  withoutLabels,
} from './label-set.ts';

/** The labels of a call that neither keeps those of its vector nor only drops the name. */
export function inferCallLabels(call: Call, vector: Expression, labels: LabelSet): LabelSet {
  switch (call.name) {
    case 'absent':
    case 'absent_over_time':
      return absentLabels(vector);
    case 'histogram_quantile':
    case 'histogram_fraction':
      return withoutLabels(labels, ['__name__', 'le']);
    case 'histogram_quantiles':
      return withFacts(withoutLabels(labels, ['__name__', 'le']), [[textOf(call, 1) ?? '', present]]);
    case 'label_replace':
      return replacedLabels(call, labels);
    case 'label_join':
      return joinedLabels(call, labels);
    case 'info':
      return { ...labels, others: 'possible' };
    case 'vector':
      return noLabels;
    default:
      return anyLabels;
  }
}

/** What is absent has the labels that its selector says with =; any matcher of the same label after that takes it away. */
function absentLabels(vector: Expression): LabelSet {
  const facts = new Map<string, LabelFact>();
  const said = new Set<string>();
  for (const { label, operator, value } of selectorOf(vector)?.matchers ?? []) {
    if (label === '__name__') continue;
    const isFirst = operator === '=' && !said.has(label);
    facts.set(label, isFirst && value !== '' ? presentWith(value) : absent);
    if (isFirst) said.add(label);
  }
  return withFacts(noLabels, facts);
}

function selectorOf(vector: Expression): Selector | null {
  if (vector.kind === 'selector') return vector;
  return vector.kind === 'range' ? vector.selector : null;
}

function replacedLabels(call: Call, labels: LabelSet): LabelSet {
  const [label, replacement, source, pattern] = [1, 2, 3, 4].map((index) => textOf(call, index));
  if (label === undefined || replacement === undefined || source === undefined || pattern === undefined)
    return anyLabels;
  const sourceFact = source === '' ? absent : labelFact(labels, source);
  const before = labelFact(labels, label);
  const after = replacementFact(replacement, pattern, sourceFact);
  const fact = alwaysMatches(pattern, sourceFact) ? after : eitherFact(before, after);
  return withFacts(labels, [[label, fact]]);
}

function replacementFact(replacement: string, pattern: string, source: LabelFact): LabelFact {
  if (replacement === '') return absent;
  if (!replacement.includes('$')) return presentWith(replacement);
  // Copies the label as it is.
  if (/^\$(?:1|\{1\})$/.test(replacement) && pattern === '(.*)') return source;
  if (/^\$(?:1|\{1\})$/.test(replacement) && pattern === '(.+)') return source.presence === 'absent' ? absent : present;
  return /[^$\w{}]/.test(replacement.replaceAll(/\$(?:\w+|\{\w+\})/g, '')) ? present : possible;
}

function alwaysMatches(pattern: string, source: LabelFact): boolean {
  if (pattern === '.*' || pattern === '(.*)') return true;
  if (pattern === '.+' || pattern === '(.+)') return source.presence === 'present';
  if (source.presence !== 'absent') return false;
  const checked = checkPattern(pattern, false);
  return checked.kind === 'valid' && checked.matchesEmpty;
}

function joinedLabels(call: Call, labels: LabelSet): LabelSet {
  const [label, separator] = [textOf(call, 1), textOf(call, 2)];
  if (label === undefined || separator === undefined) return anyLabels;
  const sources = call.args.slice(3).map((arg) => (arg.kind === 'string' ? labelFact(labels, arg.value) : possible));
  return withFacts(labels, [[label, joinedFact(separator, sources)]]);
}

function joinedFact(separator: string, sources: readonly LabelFact[]): LabelFact {
  if (separator !== '' && sources.length > 1) return present;
  if (sources.some(({ presence }) => presence === 'present')) return present;
  return sources.every(({ presence }) => presence === 'absent') ? absent : possible;
}

function textOf({ args }: Call, index: number): string | undefined {
  const arg = args[index];
  return arg?.kind === 'string' ? arg.value : undefined;
}
