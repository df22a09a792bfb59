import { type Dialect, type ParsedExpression, parseExpression } from '../languages/promql/index.ts';
import { type ExpressionIndex, type ExpressionUse, indexExpression } from './expression-index.ts';

export interface ExpressionReader {
  parse(text: string): ParsedExpression;
  /** Null where Prometheus would refuse the expression. */
  indexOf(text: string, use: ExpressionUse): ExpressionIndex | null;
}

interface Known {
  readonly parsed: ParsedExpression;
  readonly indexes: Record<ExpressionUse, ExpressionIndex | null | undefined>;
}

/**
 * The parser's answers by text: rule sets repeat expressions, and every Prometheus of a group has the same ones. Each check
 * asks again, so one look by the text has to be enough, and the last one is mostly asked for next.
 */
export function createExpressionReader(dialect: Dialect): ExpressionReader {
  const all = new Map<string, Known>();
  let last = '';
  let lastKnown: Known | null = null;
  const knownOf = (text: string): Known => {
    if (lastKnown !== null && text === last) return lastKnown;
    let known = all.get(text);
    if (known === undefined) {
      const indexes = { alert: undefined, record: undefined, panel: undefined };
      known = { parsed: parseExpression(text, dialect), indexes };
      all.set(text, known);
    }
    last = text;
    lastKnown = known;
    return known;
  };
  return {
    parse: (text) => knownOf(text).parsed,
    indexOf(text, use) {
      const { parsed, indexes } = knownOf(text);
      const index = indexes[use];
      if (index !== undefined) return index;
      indexes[use] = parsed.kind === 'parsed' ? indexExpression(text, use, parsed.expression) : null;
      return indexes[use];
    },
  };
}
