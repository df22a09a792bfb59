import { type Build, refuse } from './build-context.ts';
import { buildLabels } from './build-matching.ts';
import type { Aggregation, Call, Expression, Grouping, Span } from './expression.ts';
import { promqlFunctions, whyNotCallable } from './functions.ts';
import { aggregations } from './operators.ts';
import { isOldest } from './versions.ts';
import { eachChild, type TreeCursor } from './walk-tree.ts';

type BuildArgument = (cursor: TreeCursor) => Expression;

export function buildCallOrAggregation(
  build: Build,
  cursor: TreeCursor,
  buildArgument: BuildArgument,
): Call | Aggregation {
  const span = { from: cursor.from, to: cursor.to };
  let name = '';
  let nameSpan: Span = span;
  let grouping: Grouping | null = null;
  const args: Expression[] = [];
  const isAggregation = cursor.name === 'AggregateExpr';
  eachChild(cursor, (child) => {
    const { from } = child;
    if (child.name === 'FunctionCallBody') eachChild(child, (argument) => args.push(buildArgument(argument)));
    else if (child.name === 'AggregateModifier') grouping = buildGrouping(build, child);
    else {
      nameSpan = { from, to: wordEnd(build.text, from) };
      name = build.text.slice(from, nameSpan.to);
    }
  });
  return isAggregation
    ? aggregation(build, name.toLowerCase(), grouping, args, span)
    : call(build, name, nameSpan, args, span);
}

// The grammar may have been given another, shorter name.
function wordEnd(text: string, from: number): number {
  const word = /\w+/y;
  word.lastIndex = from;
  return word.test(text) ? word.lastIndex : from;
}

export function call(build: Build, name: string, nameSpan: Span, args: readonly Expression[], span: Span): Call {
  const facts = promqlFunctions.get(name);
  if (facts === undefined) {
    refuse(build, 'unknown-function', `Prometheus has no function ${name}.`, nameSpan, { found: name });
    return { kind: 'call', type: 'instant', name, args, span };
  }
  const reason = whyNotCallable(facts, build.dialect);
  if (reason !== null) refuse(build, 'not-in-version', `The function ${name} cannot be called: ${reason}.`, nameSpan);
  return { kind: 'call', type: facts.returns, name, args, span };
}

function buildGrouping(build: Build, cursor: TreeCursor): Grouping {
  const span = { from: cursor.from, to: cursor.to };
  let kind: Grouping['kind'] = 'by';
  let labels: readonly string[] = [];
  eachChild(cursor, (child) => {
    if (child.name === 'Without') kind = 'without';
    else if (child.name === 'GroupingLabels') labels = buildLabels(build, child);
  });
  return { kind, labels, span };
}

export function aggregation(
  build: Build,
  operator: string,
  grouping: Grouping | null,
  args: readonly Expression[],
  span: Span,
): Aggregation {
  const facts = aggregations.get(operator);
  const needsParameter = facts?.parameter !== null;
  const expected = needsParameter ? 2 : 1;
  if (facts?.isExperimental === true) refuseExperimental(build, operator, span);
  if (args.length !== expected) {
    const text = `${operator} takes ${expected === 2 ? 'a parameter and one vector' : 'one vector'}, and is given ${args.length} arguments.`;
    refuse(build, 'arguments', text, span, { expected: String(expected), found: String(args.length) });
  }
  const operand = args[expected - 1] ?? { kind: 'number', type: 'scalar', value: 0, span };
  return {
    kind: 'aggregation',
    type: 'instant',
    operator,
    grouping,
    parameter: needsParameter ? (args[0] ?? null) : null,
    operand,
    span,
  };
}

function refuseExperimental({ dialect, problems }: Build, operator: string, span: Span): void {
  const { features } = dialect;
  if (isOldest(dialect)) refuse({ problems }, 'not-in-version', `Prometheus 2.42 has no ${operator} yet.`, span);
  else if (!features.includes('experimental-functions')) {
    const text = `Only --enable-feature=promql-experimental-functions makes Prometheus read ${operator}.`;
    refuse({ problems }, 'not-in-version', text, span);
  }
}
