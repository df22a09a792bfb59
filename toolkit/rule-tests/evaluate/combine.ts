import type { BinaryOperation, BinaryOperator, Matching } from '../../languages/promql/index.ts';
import { isComparison } from '../../languages/promql/index.ts';
import { EvaluationFails, NotModelled } from './not-modelled.ts';
import { keyOf, type Labels, nameOnly, onlyLabels, type Sample, withoutLabels } from './series.ts';
import type { Value } from './value.ts';

/** Both sides of an operation, matched as Prometheus matches them. */
export function combine(operation: BinaryOperation, left: Value, right: Value): Value {
  if (left.kind === 'string' || right.kind === 'string') throw new NotModelled('a text in an operation');
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    return { kind: 'scalar', value: Number(calculate(operation.operator, left.value, right.value)) };
  }
  if (left.kind === 'vector' && right.kind === 'vector')
    return { kind: 'vector', samples: matched(operation, left.samples, right.samples) };
  const [samples, scalar] = left.kind === 'vector' ? [left.samples, right] : [samplesOfVector(right), left];
  const number = scalar.kind === 'scalar' ? scalar.value : Number.NaN;
  return {
    kind: 'vector',
    samples: samples.flatMap(({ labels, value }) => {
      const [first, second] = left.kind === 'vector' ? [value, number] : [number, value];
      return resultOf(operation, labels, first, second, value);
    }),
  };
}

function samplesOfVector(value: Value): readonly Sample[] {
  return value.kind === 'vector' ? value.samples : [];
}

export function calculate(operator: BinaryOperator, left: number, right: number): number | boolean {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '^':
      return left ** right;
    case 'atan2':
      return Math.atan2(left, right);
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      throw new NotModelled(`the operator ${operator}`);
  }
}

function resultOf(
  { operator, bool }: BinaryOperation,
  labels: Labels,
  left: number,
  right: number,
  kept = left,
): readonly Sample[] {
  const value = calculate(operator, left, right);
  if (isComparison(operator) && !bool) return value === true ? [{ labels, value: kept }] : [];
  return [{ labels: withoutLabels(labels, nameOnly), value: Number(value) }];
}

function matched(operation: BinaryOperation, left: readonly Sample[], right: readonly Sample[]): readonly Sample[] {
  const key = (labels: Labels) => signature(operation.matching, labels);
  const [leftKeys, rightKeys] = [left, right].map((side) => new Set(side.map(({ labels }) => key(labels))));
  switch (operation.operator) {
    case 'and':
      return left.filter(({ labels }) => rightKeys?.has(key(labels)));
    case 'unless':
      return left.filter(({ labels }) => !rightKeys?.has(key(labels)));
    case 'or':
      return [...left, ...right.filter(({ labels }) => !leftKeys?.has(key(labels)))];
    default:
      return joined(operation, left, right, key);
  }
}

function signature(matching: Matching | null, labels: Labels): string {
  if (matching?.kind === 'on') return keyOf(onlyLabels(labels, matching.labels));
  const nameless = withoutLabels(labels, nameOnly);
  return keyOf(matching === null ? nameless : withoutLabels(nameless, matching.labels));
}

function joined(
  operation: BinaryOperation,
  left: readonly Sample[],
  right: readonly Sample[],
  key: (labels: Labels) => string,
): readonly Sample[] {
  const group = operation.matching?.group ?? null;
  const isRightMany = group?.side === 'right';
  const [many, one] = isRightMany ? [right, left] : [left, right];
  const ones = new Map(one.map((sample) => [key(sample.labels), sample]));
  if (ones.size < one.length) throw new EvaluationFails('several series match on the side that may have one');
  const pairs = many.flatMap((sample) => {
    const other = ones.get(key(sample.labels));
    return other === undefined ? [] : [{ sample, other }];
  });
  if (group === null && new Set(pairs.map(({ other }) => other)).size < pairs.length) {
    throw new EvaluationFails('several series match where one may');
  }
  return pairs.flatMap(({ sample, other }) => {
    const [first, second] = isRightMany ? [other, sample] : [sample, other];
    return resultOf(operation, joinedLabels(operation, sample, other), first.value, second.value);
  });
}

function joinedLabels({ matching }: BinaryOperation, many: Sample, one: Sample): Labels {
  if (matching === null) return many.labels;
  const { kind, labels, group } = matching;
  if (group === null) return kind === 'on' ? onlyLabels(many.labels, labels) : withoutLabels(many.labels, labels);
  const included = Object.fromEntries(group.include.map((label) => [label, one.labels[label] ?? '']));
  return Object.fromEntries(Object.entries({ ...many.labels, ...included }).filter(([, value]) => value !== ''));
}
