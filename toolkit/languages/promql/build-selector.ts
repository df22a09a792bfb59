import { type Build, refuse, refuseIfOld } from './build-context.ts';
import type { LabelMatcher, Selector, Span } from './expression.ts';
import { now } from './expression.ts';
import { readString } from './string-literal.ts';
import { eachChild, type TreeCursor } from './walk-tree.ts';

export function buildSelector(build: Build, cursor: TreeCursor): Selector {
  const span = { from: cursor.from, to: cursor.to };
  let metric: string | null = null;
  const matchers: LabelMatcher[] = [];
  eachChild(cursor, (child) => {
    if (child.name === 'Identifier') metric = metricName(build, child);
    else eachChild(child, (matcher) => matchers.push(buildMatcher(build, matcher)));
  });
  return { kind: 'selector', type: 'instant', metric, matchers, when: now, span };
}

function metricName(build: Build, { from, to }: TreeCursor): string {
  const name = build.text.slice(from, to);
  // The grammar takes it for a name where no operator can be; Prometheus never does.
  if (name.toLowerCase() === 'atan2') {
    refuse(
      build,
      'syntax',
      'atan2 stands where an operand should.',
      { from, to },
      { expected: 'an operand', found: name },
    );
  }
  return name;
}

function buildMatcher(build: Build, cursor: TreeCursor): LabelMatcher {
  const span = { from: cursor.from, to: cursor.to };
  if (cursor.name === 'QuotedLabelName') {
    refuseIfOld(build, 'a metric name in quotes', span);
    return { label: '__name__', operator: '=', value: readAt(build, span), span };
  }
  let label = '';
  let operator: LabelMatcher['operator'] = '=';
  let value = '';
  eachChild(cursor, (child) => {
    if (child.name === 'LabelName') label = build.text.slice(child.from, child.to);
    else if (child.name === 'QuotedLabelName') label = quotedLabel(build, child);
    else if (child.name === 'MatchOp') operator = build.text.slice(child.from, child.to) as LabelMatcher['operator'];
    else value = readAt(build, child);
  });
  return { label, operator, value, span };
}

export function quotedLabel(build: Build, { from, to }: TreeCursor): string {
  refuseIfOld(build, 'a label in quotes', { from, to });
  return readAt(build, { from, to });
}

function readAt({ text }: Build, { from, to }: Span): string {
  return readString(text.slice(from, to));
}
