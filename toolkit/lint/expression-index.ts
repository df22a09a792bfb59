import { childrenOf, type Expression, inferLabels, type LabelSet } from '../languages/promql/index.ts';

/** Where an expression stands: the same text can be right in one place and wrong in another. */
export type ExpressionUse = 'alert' | 'record' | 'panel';

/** A part of an expression with what it stands in. */
export interface Entry<Part extends Expression = Expression> {
  readonly node: Part;
  readonly parent: Entry | null;
}

type Kind = Expression['kind'];
type PartOf<Wanted extends Kind> = Extract<Expression, { kind: Wanted }>;

/** An expression that was walked once, so that each check looks only at the parts it is about. */
export interface ExpressionIndex {
  readonly text: string;
  readonly use: ExpressionUse;
  readonly expression: Expression;
  entries<Wanted extends Kind>(kind: Wanted): readonly Entry<PartOf<Wanted>>[];
  /** The labels of the series that it gives. */
  readonly labels: () => LabelSet;
}

export function indexExpression(text: string, use: ExpressionUse, expression: Expression): ExpressionIndex {
  const byKind = new Map<Kind, Entry[]>();
  walk(expression, null, byKind);
  let labels: LabelSet | null = null;
  return {
    text,
    use,
    expression,
    // Filed under the kind of the node, so the type holds.
    entries: <Wanted extends Kind>(kind: Wanted) => (byKind.get(kind) ?? nothing) as readonly Entry<PartOf<Wanted>>[],
    labels: () => {
      labels ??= inferLabels(expression);
      return labels;
    },
  };
}

const nothing: readonly never[] = [];

function walk(node: Expression, parent: Entry | null, byKind: Map<Kind, Entry[]>): void {
  const entry: Entry = { node, parent };
  const known = byKind.get(node.kind);
  if (known === undefined) byKind.set(node.kind, [entry]);
  else known.push(entry);
  for (const child of childrenOf(node)) walk(child, entry, byKind);
}

/** What a part stands in, the closest first. */
export function ancestorsOf({ parent }: Entry): readonly Entry[] {
  const ancestors: Entry[] = [];
  for (let next = parent; next !== null; next = next.parent) ancestors.push(next);
  return ancestors;
}

/** A part without the parentheses around it. */
export function bare(expression: Expression): Expression {
  let inner = expression;
  while (inner.kind === 'parentheses') inner = inner.operand;
  return inner;
}

/** A number that is written, with its sign; null for all else. */
export function constantOf(expression: Expression): number | null {
  const inner = bare(expression);
  if (inner.kind === 'number') return inner.value;
  if (inner.kind !== 'unary') return null;
  const value = constantOf(inner.operand);
  if (value === null) return null;
  return inner.operator === '-' ? -value : value;
}
