import { parser } from '@prometheus-io/lezer-promql';

// Without it the parser repairs what it cannot read, which takes long and is of no use here.
const strictParser = parser.configure({ strict: true });

/** A place in the tree of the grammar package. */
export type TreeCursor = ReturnType<ReturnType<typeof parser.parse>['cursor']>;

/** The tree, or where the grammar stopped understanding. */
export function parseTree(text: string): TreeCursor | { readonly stoppedAt: number } {
  try {
    return strictParser.parse(text).cursor();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { stoppedAt: Number(/\d+$/.exec(error.message)?.[0] ?? 0) };
  }
}

/** Visits the children that mean something; what `visit` does with the cursor, it takes back. */
export function eachChild(cursor: TreeCursor, visit: (child: TreeCursor) => void): void {
  if (!cursor.firstChild()) return;
  do visit(cursor);
  while (cursor.nextSibling());
  cursor.parent();
}

const operands: ReadonlySet<string> = new Set([
  ...['AggregateExpr', 'BinaryExpr', 'FunctionCall', 'MatrixSelector', 'NumberDurationLiteral', 'OffsetExpr'],
  ...['AnchoredExpr', 'SmoothedExpr', 'ParenExpr', 'StringLiteral', 'SubqueryExpr', 'UnaryExpr', 'VectorSelector'],
  'StepInvariantExpr',
]);

export function isOperand({ name }: TreeCursor): boolean {
  return operands.has(name);
}
