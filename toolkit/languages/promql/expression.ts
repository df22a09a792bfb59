/** A part of the text: offsets of UTF-16 code units, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What an expression gives when it is evaluated. */
export type ValueType = 'scalar' | 'string' | 'instant' | 'range';

/**
 * A PromQL expression as Prometheus understands it. `offset`, `@` and ranges belong to the selector or the subquery
 * before them, never to an operation, and parentheses that the author wrote stay.
 */
export type Expression =
  | NumberLiteral
  | StringLiteral
  | Selector
  | RangeSelector
  | Subquery
  | Call
  | Aggregation
  | BinaryOperation
  | UnaryOperation
  | Parentheses;

/** `0.9`, `-1`, `Inf`. Prometheus 3 also takes a duration, `5m`, as its seconds. */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly type: 'scalar';
  readonly value: number;
  readonly span: Span;
}

/** Text in quotes, as an argument of a function. */
export interface StringLiteral {
  readonly kind: 'string';
  readonly type: 'string';
  readonly value: string;
  readonly span: Span;
}

/** `up{job="node"} offset 5m`. */
export interface Selector {
  readonly kind: 'selector';
  readonly type: 'instant';
  /** The name before the braces; a name that is selected inside them is a matcher of `__name__`. */
  readonly metric: string | null;
  readonly matchers: readonly LabelMatcher[];
  readonly when: Moment;
  readonly span: Span;
}

export interface LabelMatcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
  readonly span: Span;
}

/** `up[5m]`. When it is looked at stands here, also where the text says it before the range. */
export interface RangeSelector {
  readonly kind: 'range';
  readonly type: 'range';
  readonly selector: Selector;
  readonly range: Duration;
  readonly when: Moment;
  readonly span: Span;
}

/** `rate(up[5m])[1h:1m]`. */
export interface Subquery {
  readonly kind: 'subquery';
  readonly type: 'range';
  readonly operand: Expression;
  readonly range: Duration;
  /** Null: the evaluation interval of the group. */
  readonly step: Duration | null;
  readonly when: Moment;
  readonly span: Span;
}

/** The moment that is looked at, where it is not that of the evaluation. */
export interface Moment {
  /** How much earlier; negative is later. */
  readonly offset: Duration | null;
  readonly at: 'start' | 'end' | { readonly seconds: number } | null;
  /** Experimental in Prometheus 3. */
  readonly edges: 'anchored' | 'smoothed' | null;
}

export type Duration =
  | { readonly kind: 'fixed'; readonly ms: number }
  /** Experimental in Prometheus 3: `step() * 2`, known when it is evaluated. */
  | { readonly kind: 'computed'; readonly text: string };

export interface Call {
  readonly kind: 'call';
  readonly type: ValueType;
  readonly name: string;
  readonly args: readonly Expression[];
  readonly span: Span;
}

/** `topk by (job) (5, up)`. */
export interface Aggregation {
  readonly kind: 'aggregation';
  readonly type: 'instant';
  /** In lower case. */
  readonly operator: string;
  readonly grouping: Grouping | null;
  readonly parameter: Expression | null;
  readonly operand: Expression;
  readonly span: Span;
}

export interface Grouping {
  readonly kind: 'by' | 'without';
  readonly labels: readonly string[];
  readonly span: Span;
}

/** `a / on (item) group_left (site) b`. */
export interface BinaryOperation {
  readonly kind: 'binary';
  readonly type: 'scalar' | 'instant';
  readonly operator: BinaryOperator;
  readonly bool: boolean;
  readonly matching: Matching | null;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
  /** Of the operator alone. */
  readonly operatorSpan: Span;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type SetOperator = 'and' | 'or' | 'unless';
/** Prometheus 3: cuts buckets off native histograms. */
export type TrimOperator = '</' | '>/';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | SetOperator | TrimOperator;

/** Which series of the two sides belong together. */
export interface Matching {
  readonly kind: 'on' | 'ignoring';
  readonly labels: readonly string[];
  readonly group: { readonly side: 'left' | 'right'; readonly include: readonly string[] } | null;
  /** Experimental in Prometheus 3: the value that stands for a series that is missing on a side. */
  readonly fill: { readonly left: number | null; readonly right: number | null } | null;
}

export interface UnaryOperation {
  readonly kind: 'unary';
  readonly type: 'scalar' | 'instant';
  readonly operator: '+' | '-';
  readonly operand: Expression;
  readonly span: Span;
}

export interface Parentheses {
  readonly kind: 'parentheses';
  readonly type: ValueType;
  readonly operand: Expression;
  readonly span: Span;
}

/** The moment of the evaluation. */
export const now: Moment = { offset: null, at: null, edges: null };
