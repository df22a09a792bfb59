import type { Expression, Selector } from './expression.ts';

export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return [];
    case 'range':
      return [expression.selector];
    case 'subquery':
    case 'parentheses':
    case 'unary':
      return [expression.operand];
    case 'call':
      return expression.args;
    case 'aggregation':
      return expression.parameter === null ? [expression.operand] : [expression.parameter, expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    default:
      return expression satisfies never;
  }
}

/** Visits an expression and all inside it, outermost first, with what each stands in. */
export function visitExpression(
  expression: Expression,
  visit: (expression: Expression, parents: readonly Expression[]) => void,
): void {
  const parents: Expression[] = [];
  const walk = (at: Expression): void => {
    visit(at, parents);
    parents.push(at);
    for (const child of childrenOf(at)) walk(child);
    parents.pop();
  };
  walk(expression);
}

/** Every selector, also those of ranges, in the order of the text. */
export function selectorsIn(expression: Expression): readonly Selector[] {
  const selectors: Selector[] = [];
  visitExpression(expression, (at) => {
    if (at.kind === 'selector') selectors.push(at);
  });
  return selectors;
}

/** The metric that a selector takes, or null when it takes more than one, or not by name. */
export function metricOf({ metric, matchers }: Selector): string | null {
  if (metric !== null) return metric;
  return matchers.find(({ label, operator }) => label === '__name__' && operator === '=')?.value ?? null;
}

/** A copy in which every selector is what `change` makes of it. */
export function mapSelectors(expression: Expression, change: (selector: Selector) => Selector): Expression {
  const again = <Part extends Expression>(part: Part): Expression => mapSelectors(part, change);
  switch (expression.kind) {
    case 'number':
    case 'string':
      return expression;
    case 'selector':
      return change(expression);
    case 'range':
      return { ...expression, selector: change(expression.selector) };
    case 'subquery':
    case 'parentheses':
    case 'unary':
      return { ...expression, operand: again(expression.operand) };
    case 'call':
      return { ...expression, args: expression.args.map(again) };
    case 'aggregation': {
      const parameter = expression.parameter === null ? null : again(expression.parameter);
      return { ...expression, parameter, operand: again(expression.operand) };
    }
    case 'binary':
      return { ...expression, left: again(expression.left), right: again(expression.right) };
    default:
      return expression satisfies never;
  }
}
