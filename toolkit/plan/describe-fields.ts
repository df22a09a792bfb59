import type { FieldChange, JsonObject, ResourcePart } from '../model/index.ts';
import { diffFields } from './diff-fields.ts';
import { fieldLabel } from './field-label.ts';
import { fieldsOfChange } from './fields-of-change.ts';
import { diffLines, type LineChange } from './line-diff.ts';
import type { PlannedChange } from './plan.ts';
import type { DescribeOptions, FieldDescription } from './plan-description.ts';
import { printValue } from './print-value.ts';

export function describeFields(planned: PlannedChange, options: DescribeOptions): readonly FieldDescription[] {
  const { change } = planned;
  const [before, after] = sidesOf(planned);
  const parts = 'desired' in change ? change.desired.parts : [];
  const forcing = change.action === 'replace' ? change.forcedBy.map(({ pointer }) => pointer) : [];
  return fieldsToShow(planned, options).map((field) => describeField(field, before, after, parts, forcing));
}

/** Both specs of a change; nothing where a side is absent. */
function sidesOf({ change }: PlannedChange): readonly [JsonObject, JsonObject] {
  switch (change.action) {
    case 'create':
    case 'no-op':
      return [{}, change.desired.spec];
    case 'update':
    case 'replace':
    case 'adopt':
      return [change.observed.spec, change.desired.spec];
    case 'delete':
      return [change.observed.spec, {}];
    case 'forget':
      return [change.applied.spec, {}];
    default:
      return change satisfies never;
  }
}

/** What is made or removed whole is not listed field by field unless asked: the name says what it is. */
export function fieldsToShow(planned: PlannedChange, { verbose }: DescribeOptions): readonly FieldChange[] {
  const { change } = planned;
  if (verbose && (change.action === 'create' || change.action === 'delete')) return diffFields(...sidesOf(planned));
  const isWhole = 'observed' in change && change.observed.malformed !== undefined;
  return isWhole && !verbose ? [] : fieldsOfChange(planned);
}

export function describeField(
  field: FieldChange,
  before: JsonObject,
  after: JsonObject,
  parts: readonly ResourcePart[],
  forcing: readonly string[],
): FieldDescription {
  const { pointer } = field;
  return {
    symbol: symbolOfField(field),
    label: fieldLabel(field, before, after),
    // Pointers of parts lead into the declared side.
    part: field.after === undefined ? null : (partAt(pointer, parts)?.name ?? null),
    before: field.before === undefined ? null : printValue(field.before),
    after: field.after === undefined ? null : printValue(field.after),
    lines: linesOf(field),
    isForcing: forcing.some((forced) => isWithin(pointer, forced) || isWithin(forced, pointer)),
  };
}

function linesOf({ before, after }: FieldChange): readonly LineChange[] {
  const areTexts = typeof before === 'string' && typeof after === 'string';
  return areTexts && (before.includes('\n') || after.includes('\n')) ? diffLines(before, after) : [];
}

function symbolOfField({ before, after }: FieldChange): FieldDescription['symbol'] {
  if (before === undefined) return '+';
  return after === undefined ? '-' : '~';
}

/** The innermost part that holds the pointer. */
function partAt(pointer: string, parts: readonly ResourcePart[]): ResourcePart | undefined {
  return parts
    .filter((part) => isWithin(pointer, part.pointer))
    .reduce<ResourcePart | undefined>(
      (inner, part) => (inner && inner.pointer.length >= part.pointer.length ? inner : part),
      undefined,
    );
}

function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}
