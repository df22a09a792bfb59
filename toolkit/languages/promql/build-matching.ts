import { type Build, literalValue, refuse, refuseIfOff, refuseIfOld, unsigned } from './build-context.ts';
import { quotedLabel } from './build-selector.ts';
import type { Matching } from './expression.ts';
import { eachChild, type TreeCursor } from './walk-tree.ts';

const unmatched: Matching = { kind: 'ignoring', labels: [], group: null, fill: null };

/** Adds `on (...) group_left (...)` or `fill (...)` to what an operator says of its two sides. */
export function buildMatching(build: Build, cursor: TreeCursor, before: Matching | null): Matching | null {
  const matching = before ?? unmatched;
  if (cursor.name === 'FillModifier') return { ...matching, fill: buildFill(build, cursor) };
  let kind: Matching['kind'] = 'on';
  let labels: readonly string[] = [];
  let group: Matching['group'] = null;
  eachChild(cursor, (child) => {
    if (child.name === 'Ignoring') kind = 'ignoring';
    else if (child.name === 'GroupLeft') group = { side: 'left', include: [] };
    else if (child.name === 'GroupRight') group = { side: 'right', include: [] };
    else if (child.name === 'GroupingLabels') {
      const names = buildLabels(build, child);
      if (group === null) labels = names;
      else group = { side: (group as NonNullable<Matching['group']>).side, include: names };
    }
  });
  return saysNothing(kind, labels, group) ? null : { ...matching, kind, labels, group };
}

/** `ignoring ()`. */
export function saysNothing(kind: Matching['kind'], labels: readonly string[], group: Matching['group']): boolean {
  return kind === 'ignoring' && labels.length === 0 && group === null;
}

/** The labels of `by (...)`, `on (...)` and their like. */
export function buildLabels(build: Build, cursor: TreeCursor): readonly string[] {
  const labels: string[] = [];
  eachChild(cursor, (child) =>
    labels.push(child.name === 'QuotedLabelName' ? quotedLabel(build, child) : plainLabel(build, child)),
  );
  return labels;
}

function plainLabel(build: Build, { from, to }: TreeCursor): string {
  const label = build.text.slice(from, to);
  if (label.includes(':')) refuseIfOld(build, 'a label with a colon', { from, to });
  if (/^(?:inf|nan)$/i.test(label)) {
    const values = { expected: 'a label', found: label };
    refuse(build, 'syntax', `${label} is a number, and so no label.`, { from, to }, values);
  }
  return label;
}

function buildFill(build: Build, cursor: TreeCursor): NonNullable<Matching['fill']> {
  const { from, to } = cursor;
  refuseIfOff(build, 'fill', 'binop-fill-modifiers', { from, to });
  let left: number | null = null;
  let right: number | null = null;
  eachChild(cursor, (clause) => {
    const { name } = clause;
    const value = fillValue(build, clause);
    if (name !== 'FillRightClause') left = value;
    if (name !== 'FillLeftClause') right = value;
  });
  return { left, right };
}

function fillValue(build: Build, cursor: TreeCursor): number {
  let value = 0;
  eachChild(cursor, ({ name, from, to }) => {
    if (name !== 'NumberDurationLiteral') return;
    const text = build.text.slice(from, to);
    const literal = unsigned(text);
    value = (text.startsWith('-') ? -1 : 1) * literalValue(build, literal, { from, to });
  });
  return value;
}
