export type * from './expression.ts';
export { now } from './expression.ts';
export { promqlFunctions } from './functions.ts';
export { inferLabels, type LabelKnowledge, neverMatchingLabel } from './infer-labels.ts';
export { type InjectedMatcher, injectMatchers } from './inject-matchers.ts';
export { anyLabels, knownLabels, type LabelFact, type LabelSet, labelFact, noLabels } from './label-set.ts';
export { isComparison, isSetOperator } from './operators.ts';
export { maxExpressionDepth, type ParsedExpression, parseExpression } from './parse-expression.ts';
export { printExpression } from './print-expression.ts';
export { printPretty } from './print-pretty.ts';
export type { PromqlProblem, PromqlProblemCode } from './problem.ts';
export { describeProblem, promqlDiagnostics } from './promql-diagnostics.ts';
export {
  currentDialect,
  type Dialect,
  debianDialect,
  dialectOf,
  type PromqlFeature,
  type PromqlVersion,
} from './versions.ts';
export {
  childrenOf,
  mapSelectors,
  metricOf,
  rewriteExpression,
  selectorsIn,
  visitExpression,
} from './walk-expression.ts';
