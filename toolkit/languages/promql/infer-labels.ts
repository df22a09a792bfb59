import { checkPattern } from './check-pattern.ts';
import type { Aggregation, BinaryOperation, Call, Expression, LabelMatcher, Matching, Selector } from './expression.ts';
import { promqlFunctions } from './functions.ts';
import { inferCallLabels } from './infer-call-labels.ts';
import {
  absent,
  anyLabels,
  bothFact,
  bothOf,
  contradict,
  eitherOf,
  type LabelFact,
  type LabelSet,
  labelFact,
  noLabels,
  onlyLabels,
  present,
  presentWith,
  withFacts,
  withoutLabels,
} from './label-set.ts';
import { aggregations, isComparison } from './operators.ts';

/** What is known of the labels of a metric; null where nothing is. */
export type LabelKnowledge = (selector: Selector) => LabelSet | null;

/**
 * The labels of the series that an expression gives: those that are there for certain, those that are not, and whether
 * there may be others. What it says holds for every series; what it cannot tell is `possible`.
 *
 * `sum by (job) (rate(http_requests_total{job="api"}[5m]))` has `job` with the value `api`, and nothing else.
 */
export function inferLabels(expression: Expression, knowledge: LabelKnowledge = () => null): LabelSet {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return noLabels;
    case 'selector':
      return selectorLabels(expression, knowledge);
    case 'range':
      return selectorLabels(expression.selector, knowledge);
    case 'subquery':
    case 'parentheses':
      return inferLabels(expression.operand, knowledge);
    case 'unary': {
      const labels = inferLabels(expression.operand, knowledge);
      return expression.operator === '-' ? withoutLabels(labels, ['__name__']) : labels;
    }
    case 'call':
      return callLabels(expression, knowledge);
    case 'aggregation':
      return aggregationLabels(expression, inferLabels(expression.operand, knowledge));
    case 'binary':
      return binaryLabels(expression, knowledge);
    default:
      return expression satisfies never;
  }
}

function selectorLabels(selector: Selector, knowledge: LabelKnowledge): LabelSet {
  const { metric, matchers } = selector;
  const known = knowledge(selector) ?? anyLabels;
  const labels = new Map(known.labels);
  const set: LabelSet = { labels, others: known.others };
  if (metric !== null) labels.set('__name__', presentWith(metric));
  for (const matcher of matchers) {
    const fact = matchedFact(matcher);
    if (fact !== null) labels.set(matcher.label, bothFact(labelFact(set, matcher.label), fact));
  }
  return set;
}

/** What a matcher says of its label on the series that it takes. */
function matchedFact({ operator, value }: LabelMatcher): LabelFact | null {
  if (operator === '=') return value === '' ? absent : presentWith(value);
  if (operator === '!=') return value === '' ? present : null;
  const pattern = checkPattern(value, false);
  if (pattern.kind === 'invalid' || pattern.matchesEmpty === (operator === '=~')) {
    return operator === '=~' && value === '' ? absent : null;
  }
  return operator === '=~' && !/[\\[\](){}*+?|^$.]/.test(value) ? presentWith(value) : present;
}

function callLabels(call: Call, knowledge: LabelKnowledge): LabelSet {
  const facts = promqlFunctions.get(call.name);
  const vector = call.args.find(({ type }) => type === 'instant' || type === 'range');
  if (facts === undefined || facts.returns === 'scalar' || vector === undefined) return noLabels;
  const labels = inferLabels(vector, knowledge);
  if (facts.labels === 'kept') return labels;
  return facts.labels === 'special' ? inferCallLabels(call, vector, labels) : withoutLabels(labels, ['__name__']);
}

function aggregationLabels({ operator, grouping, parameter }: Aggregation, operand: LabelSet): LabelSet {
  if (aggregations.get(operator)?.keepsSeries === true) return operand;
  const grouped = groupedLabels(grouping, operand);
  if (operator !== 'count_values' || parameter?.kind !== 'string') return grouped;
  return withFacts(grouped, [[parameter.value, present]]);
}

function groupedLabels(grouping: Aggregation['grouping'], operand: LabelSet): LabelSet {
  if (grouping === null) return noLabels;
  if (grouping.kind === 'by') return onlyLabels(operand, grouping.labels);
  return withoutLabels(operand, [...grouping.labels, '__name__']);
}

function binaryLabels(operation: BinaryOperation, knowledge: LabelKnowledge): LabelSet {
  const { left, right, operator } = operation;
  const [leftLabels, rightLabels] = [inferLabels(left, knowledge), inferLabels(right, knowledge)];
  if (left.type === 'scalar' || right.type === 'scalar') {
    return named(operation, left.type === 'scalar' ? rightLabels : leftLabels);
  }
  if (operator === 'or') return eitherOf(leftLabels, rightLabels);
  if (operator === 'unless') return leftLabels;
  const matched = matchedLabels(operation.matching, leftLabels, rightLabels);
  if (operator === 'and') return withFacts(leftLabels, matched.labels);
  return named(operation, joinedLabels(operation.matching, leftLabels, rightLabels, matched));
}

/** Whatever computes a new value drops the name; a comparison that only filters keeps it. */
function named({ operator, bool }: BinaryOperation, labels: LabelSet): LabelSet {
  if (isComparison(operator) && !bool) return labels;
  const nameless = withoutLabels(labels, ['__name__']);
  // 2.42 forgets to drop it here.
  return operator === 'atan2' ? eitherOf(labels, nameless) : nameless;
}

/** What both sides say of the labels by which they are matched, and of no others. */
function matchedLabels(matching: Matching | null, left: LabelSet, right: LabelSet): LabelSet {
  if (matching?.kind === 'on') return bothOf(onlyLabels(left, matching.labels), onlyLabels(right, matching.labels));
  const both = bothOf(left, right);
  const ignored = new Set(['__name__', ...(matching?.labels ?? [])]);
  return { ...both, labels: new Map([...both.labels].filter(([label]) => !ignored.has(label))) };
}

function joinedLabels(matching: Matching | null, left: LabelSet, right: LabelSet, matched: LabelSet): LabelSet {
  if (matching === null) return { ...matched, labels: new Map([...matched.labels, nameOf(left)]) };
  const { kind, labels, group, fill } = matching;
  if (group !== null) {
    const [many, one] = group.side === 'left' ? [left, right] : [right, left];
    const sure = fill === null ? withFacts(many, matched.labels) : many;
    return withFacts(
      sure,
      group.include.map((label) => [label, labelFact(one, label)]),
    );
  }
  if (kind === 'on') return fill === null ? matched : eitherOf(onlyLabels(left, labels), onlyLabels(right, labels));
  const rest = { ...matched, labels: new Map([...matched.labels, nameOf(left)]) };
  return withoutLabels(rest, labels);
}

function nameOf(set: LabelSet): readonly [string, LabelFact] {
  return ['__name__', labelFact(set, '__name__')];
}

/** A label for which the two sides of an operation never match, so that it gives nothing; null when there is none. */
export function neverMatchingLabel(
  { left, right, operator, matching }: BinaryOperation,
  knowledge: LabelKnowledge = () => null,
): string | null {
  if (left.type === 'scalar' || right.type === 'scalar' || operator === 'or' || matching?.fill) return null;
  const [leftLabels, rightLabels] = [inferLabels(left, knowledge), inferLabels(right, knowledge)];
  const ignored = new Set(['__name__', ...(matching?.labels ?? [])]);
  const labels =
    matching?.kind === 'on'
      ? matching.labels
      : [...new Set([...leftLabels.labels.keys(), ...rightLabels.labels.keys()])].filter(
          (label) => !ignored.has(label),
        );
  return labels.find((label) => contradict(labelFact(leftLabels, label), labelFact(rightLabels, label))) ?? null;
}
