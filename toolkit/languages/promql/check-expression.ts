import { refuse } from './build-context.ts';
import { checkPattern } from './check-pattern.ts';
import type {
  Aggregation,
  BinaryOperation,
  Call,
  Expression,
  LabelMatcher,
  Selector,
  UnaryOperation,
  ValueType,
} from './expression.ts';
import { type FunctionFacts, promqlFunctions } from './functions.ts';
import { aggregations, isComparison, isSetOperator } from './operators.ts';
import type { PromqlProblem } from './problem.ts';
import { type Dialect, isOldest } from './versions.ts';

/** Everything for which Prometheus would refuse an expression that it can read. */
export function checkExpression(expression: Expression, dialect: Dialect): readonly PromqlProblem[] {
  const problems: PromqlProblem[] = [];
  checkNode({ problems, dialect }, expression);
  return problems;
}

interface Check {
  readonly problems: PromqlProblem[];
  readonly dialect: Dialect;
}

const typeNames: Readonly<Record<ValueType, string>> = {
  scalar: 'a scalar',
  string: 'a string',
  instant: 'an instant vector',
  range: 'a range vector',
};

function checkNode(check: Check, expression: Expression): void {
  switch (expression.kind) {
    case 'number':
    case 'string':
      break;
    case 'selector':
      checkSelector(check, expression, true);
      break;
    case 'range':
      checkSelector(check, expression.selector, true);
      break;
    case 'parentheses':
      checkNode(check, expression.operand);
      break;
    case 'subquery':
      checkTyped(check, expression.operand, 'instant', 'A subquery takes');
      break;
    case 'call':
      checkCall(check, expression);
      break;
    case 'aggregation':
      checkAggregation(check, expression);
      break;
    case 'unary':
      checkUnary(check, expression);
      break;
    case 'binary':
      checkBinary(check, expression);
      break;
    default:
      expression satisfies never;
  }
}

function checkTyped(check: Check, expression: Expression, wanted: ValueType, who: string): void {
  checkNode(check, expression);
  if (expression.type === wanted) return;
  const [expected, found] = [typeNames[wanted], typeNames[expression.type]];
  refuse(check, 'value-type', `${who} ${expected} and is given ${found}.`, expression.span, { expected, found });
}

function checkSelector(check: Check, selector: Selector, needsMatcher: boolean): void {
  const { metric, matchers, span } = selector;
  let isNarrow = metric !== null;
  for (const matcher of matchers) {
    if (metric !== null && matcher.label === '__name__')
      refuse(check, 'selector', `The metric is named twice: ${metric} and ${matcher.value}.`, matcher.span);
    if (matchesEmpty(check, matcher) === false) isNarrow = true;
  }
  if (needsMatcher && !isNarrow) {
    const text = 'The selector takes every series there is: no matcher asks for a text that is not empty.';
    refuse(check, 'selector', text, span, { expected: 'a metric name, or a matcher such as job="node"' });
  }
}

/** Whether a series without the label is taken. Null, and told, when the pattern cannot be compiled. */
function matchesEmpty(check: Check, { operator, value, span }: LabelMatcher): boolean | null {
  if (operator === '=') return value === '';
  if (operator === '!=') return value !== '';
  const pattern = checkPattern(value, isOldest(check.dialect));
  if (pattern.kind === 'valid') return pattern.matchesEmpty === (operator === '=~');
  refuse(check, 'pattern', `${JSON.stringify(value)} is no regular expression of RE2: ${pattern.reason}.`, span, {
    found: value,
  });
  return null;
}

function checkCall(check: Check, call: Call): void {
  const facts = promqlFunctions.get(call.name);
  if (facts !== undefined) checkArgumentCount(check, call, facts);
  for (const [index, arg] of call.args.entries()) {
    const wanted = facts?.args[Math.min(index, facts.args.length - 1)];
    if (call.name === 'info' && index === 1) checkInfoSelector(check, arg);
    else if (wanted === undefined) checkNode(check, arg);
    else checkTyped(check, arg, wanted, `${call.name} takes as argument ${index + 1}`);
  }
}

function checkArgumentCount(check: Check, { name, args, span }: Call, facts: FunctionFacts): void {
  const { optional } = facts;
  const least = optional === 0 ? facts.args.length : facts.args.length - 1;
  const most = optional === 'many' ? Number.POSITIVE_INFINITY : least + optional;
  if (args.length >= least && args.length <= most) return;
  const expected = argumentRange(least, most);
  const text = `${name} takes ${expected} and is given ${args.length}.`;
  refuse(check, 'arguments', text, span, { expected, found: String(args.length) });
}

function argumentRange(least: number, most: number): string {
  if (least === most) return `${least} argument${least === 1 ? '' : 's'}`;
  return most === Number.POSITIVE_INFINITY ? `at least ${least} arguments` : `${least} to ${most} arguments`;
}

/** The second argument of `info` picks labels and is evaluated as no selector is. */
function checkInfoSelector(check: Check, expression: Expression): void {
  if (expression.kind === 'selector' && expression.metric === null) checkSelector(check, expression, false);
  else refuse(check, 'arguments', 'info takes as argument 2 matchers in braces only.', expression.span);
}

function checkAggregation(check: Check, { operator, parameter, operand }: Aggregation): void {
  const wanted = aggregations.get(operator)?.parameter ?? null;
  if (parameter !== null && wanted !== null) checkTyped(check, parameter, wanted, `${operator} takes as parameter`);
  checkTyped(check, operand, 'instant', `${operator} takes`);
}

function checkUnary(check: Check, { operator, operand, span }: UnaryOperation): void {
  checkNode(check, operand);
  if (operand.type === 'scalar' || operand.type === 'instant') return;
  const found = typeNames[operand.type];
  const expected = 'a scalar or an instant vector';
  refuse(check, 'value-type', `${operator} stands before ${found}.`, span, { expected, found });
}

function checkBinary(check: Check, operation: BinaryOperation): void {
  const { left, right, operator, bool, operatorSpan } = operation;
  for (const side of [left, right]) {
    checkNode(check, side);
    if (side.type === 'scalar' || side.type === 'instant') continue;
    const found = typeNames[side.type];
    const values = { expected: 'a scalar or an instant vector', found };
    refuse(check, 'value-type', `${operator} is given ${found}.`, side.span, values);
  }
  const isOfScalars = left.type === 'scalar' && right.type === 'scalar';
  if (bool && !isComparison(operator))
    refuse(check, 'syntax', `bool follows ${operator}, which compares nothing.`, operatorSpan);
  if (!bool && isOfScalars && isComparison(operator)) {
    const text = 'Two scalars are compared, of which there is no series to keep or drop.';
    refuse(check, 'value-type', text, operatorSpan, { expected: `${operator} bool` });
  }
  if (isSetOperator(operator) && (left.type === 'scalar' || right.type === 'scalar'))
    refuse(check, 'value-type', `${operator} is given a scalar.`, operatorSpan, { expected: 'two instant vectors' });
  checkOperator(check, operation);
  checkMatching(check, operation);
}

function checkOperator(check: Check, { operator, operatorSpan }: BinaryOperation): void {
  if ((operator === '</' || operator === '>/') && isOldest(check.dialect))
    refuse(check, 'not-in-version', `Prometheus 2.42 does not read ${operator} yet.`, operatorSpan);
}

function checkMatching(check: Check, { matching, operator, left, right, span }: BinaryOperation): void {
  if (matching === null) return;
  const { kind, labels, group, fill } = matching;
  const isOfVectors = left.type === 'instant' && right.type === 'instant';
  const told = (text: string): void => refuse(check, 'vector-matching', text, span);
  if (kind === 'on') {
    for (const label of group?.include ?? []) {
      if (labels.includes(label)) told(`${label} is in both on and group_${group?.side}.`);
    }
  }
  if (!isOfVectors && labels.length > 0) told(`${kind} stands where the two sides are not both instant vectors.`);
  if (!isOfVectors && fill !== null) told('fill stands where the two sides are not both instant vectors.');
  if (!isOfVectors || !isSetOperator(operator)) return;
  if (group !== null) told(`${operator} takes no group_${group.side}.`);
  if (fill !== null) told(`${operator} takes no fill.`);
}
