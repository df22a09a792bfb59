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
  return rewriteExpression(expression, (part) => (part.kind === 'selector' ? change(part) : null));
}

/** A copy in which `change` has replaced parts; what it gives null for is looked into further. */
export function rewriteExpression(expression: Expression, change: (part: Expression) => Expression | null): Expression {
  const changed = change(expression);
  if (changed !== null) return changed;
  const again = (part: Expression) => rewriteExpression(part, change);
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return expression;
    case 'range': {
      const selector = again(expression.selector);
      return selector.kind === 'selector' ? { ...expression, selector } : expression;
    }
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
