import { type Expression, metricOf, type Selector } from '../../languages/promql/index.ts';
import { calculate } from '../evaluate/combine.ts';
import { matches } from '../evaluate/matches.ts';
import { keyOf } from '../evaluate/series.ts';
import type { Rule } from '../read-rules.ts';
import { isRecorded } from '../rule-slice.ts';
import type { Aiming, Linear } from './goal.ts';
import { pickSeries } from './pick-series.ts';
import type { World } from './world.ts';

/** What an expression is, as far as the demands made so far decide it; null where they do not. */
export function knownValue(expression: Expression, world: World, aiming: Aiming): Linear | null {
  switch (expression.kind) {
    case 'number':
      return { value: expression.value, slope: 0 };
    case 'parentheses':
      return knownValue(expression.operand, world, aiming);
    case 'unary': {
      const known = knownValue(expression.operand, world, aiming);
      return known === null || expression.operator === '+' ? known : { value: -known.value, slope: -known.slope };
    }
    case 'selector':
      return isRecorded(expression, aiming.recording)
        ? recordedValue(expression, world, aiming)
        : demandedValue(expression, world, aiming);
    case 'call': {
      const [argument] = expression.args;
      if (expression.name === 'time') return { value: 0, slope: 1 };
      return expression.name === 'vector' && argument !== undefined ? knownValue(argument, world, aiming) : null;
    }
    case 'aggregation':
      return ['sum', 'avg', 'min', 'max'].includes(expression.operator)
        ? knownValue(expression.operand, world, aiming)
        : null;
    case 'binary': {
      const [left, right] = [expression.left, expression.right].map((side) => knownValue(side, world, aiming));
      if (!left || !right) return null;
      const value = calculated(expression.operator, left.value, right.value);
      return value === null ? null : { value, slope: 0 };
    }
    default:
      return null;
  }
}

function calculated(operator: Parameters<typeof calculate>[0], left: number, right: number): number | null {
  if (!['+', '-', '*', '/'].includes(operator)) return null;
  return Number(calculate(operator, left, right));
}

function demandedValue(selector: Selector, world: World, aiming: Aiming): Linear | null {
  const labels = pickSeries(selector, aiming.subject);
  const known = labels === null ? undefined : world.get(keyOf(labels));
  return known === undefined || known.level === null ? null : { value: known.level, slope: 0 };
}

function recordedValue(selector: Selector, world: World, aiming: Aiming): Linear | null {
  const [rule, ...others] = recordedBy(selector, aiming);
  return rule === undefined || others.length > 0 ? null : knownValue(rule.expression, world, aiming);
}

/** Rules that record what a selector takes, for this item: what they record of another item is not its own. */
export function recordedBy(selector: Selector, { recording, subject }: Aiming): readonly Rule[] {
  const metric = metricOf(selector);
  return recording.filter(({ kind, name, labels }) => {
    if (kind !== 'record' || name !== metric) return false;
    const isTaken = selector.matchers.every(
      (matcher) => !(matcher.label in labels) || matches(matcher, labels[matcher.label] ?? ''),
    );
    return isTaken && subject.targets.some((target) => agrees(labels, target));
  });
}

function agrees(labels: Readonly<Record<string, string>>, target: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([name, value]) => !(name in target) || target[name] === value);
}
