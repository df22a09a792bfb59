import {
  everyItem,
  type FieldChange,
  isJsonObject,
  isSecretReference,
  type JsonObject,
  type JsonValue,
  jsonEquals,
  type ResourcePart,
  readAlertOverride,
  readDisabledAlert,
} from '../model/index.ts';
import { diffFields } from './diff-fields.ts';
import { elementMoves } from './element-moves.ts';
import { fieldLabel } from './field-label.ts';
import { fieldsOfChange } from './fields-of-change.ts';
import { valueAt } from './json-pointer.ts';
import { diffLines, type LineChange } from './line-diff.ts';
import type { OverrideDescription } from './override-description.ts';
import type { PlannedChange } from './plan.ts';
import type { DescribeOptions, FieldDescription } from './plan-description.ts';
import { printKey, printValue } from './print-value.ts';
import { inReadingOrder } from './reading-order.ts';
import { rulePointer } from './rules-in-spec.ts';
import { unmatchedSecret } from './secret-mask.ts';
import { specsOf } from './specs-of-change.ts';
import { diffText, type TextSegment } from './text-diff.ts';

/** Fields that `overrides` tell of are not listed a second time. */
export function describeFields(
  planned: PlannedChange,
  overrides: readonly OverrideDescription[],
  options: DescribeOptions,
): readonly FieldDescription[] {
  const { change } = planned;
  const [before, after] = specsOf(planned);
  const parts = 'desired' in change ? change.desired.parts : [];
  const forcing = change.action === 'replace' ? change.forcedBy.map(({ pointer }) => pointer) : [];
  const fields = fieldsToShow(planned, options).filter(
    (field) => options.verbose || !isToldBy(overrides, field, before, after),
  );
  return describeFieldList(fields, before, after, parts, forcing);
}

/** True for a field of the series that holds one item's threshold, or for that series as a whole. */
export function isToldBy(
  overrides: readonly OverrideDescription[],
  { pointer, after: value }: FieldChange,
  before: JsonObject,
  after: JsonObject,
): boolean {
  const [rule = ''] = rulePointer.exec(pointer) ?? [];
  const element =
    rule === '' ? undefined : (valueAt(value === undefined ? before : after, rule) ?? valueAt(before, rule));
  if (element === undefined) return false;
  const disabled = readDisabledAlert(element);
  if (disabled !== null) return overrides.some(({ alert, item }) => alert === disabled.alert && item === everyItem);
  const override = readAlertOverride(element);
  return override !== null && overrides.some(({ alert, item }) => alert === override.alert && item === override.item);
}

/** What is made or removed whole is not listed field by field unless asked: the name says what it is. */
export function fieldsToShow(planned: PlannedChange, { verbose }: DescribeOptions): readonly FieldChange[] {
  const { change } = planned;
  if (verbose && (change.action === 'create' || change.action === 'delete')) return diffFields(...specsOf(planned));
  const isWhole = 'observed' in change && change.observed.malformed !== undefined;
  return isWhole && !verbose ? [] : fieldsOfChange(planned);
}

/** What only moved within its list is told once. */
export function describeFieldList(
  fields: readonly FieldChange[],
  before: JsonObject,
  after: JsonObject,
  parts: readonly ResourcePart[],
  forcing: readonly string[],
): readonly FieldDescription[] {
  const moves = elementMoves(fields);
  const left = new Set([...moves.values()].map(({ from }) => from));
  return fields
    .filter((field) => !left.has(field))
    .map((field) => {
      const description = describeField(field, before, after, parts, forcing);
      const move = moves.get(field);
      return move === undefined
        ? description
        : {
            ...description,
            symbol: '~',
            before: `place ${move.fromPlace}`,
            after: `place ${move.toPlace}`,
            members: [],
          };
    });
}

function describeField(
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
    segments: segmentsOf(field),
    members: membersOf(field),
    secret: secretNoteOf(field),
    isForcing: forcing.some((forced) => isWithin(pointer, forced) || isWithin(forced, pointer)),
  };
}

function linesOf({ before, after }: FieldChange): readonly LineChange[] {
  const areTexts = typeof before === 'string' && typeof after === 'string';
  return areTexts && (before.includes('\n') || after.includes('\n')) ? diffLines(before, after) : [];
}

/** Where a long text differs; none for what is read at one glance anyway. */
function segmentsOf({ before, after }: FieldChange): readonly TextSegment[] {
  if (typeof before !== 'string' || typeof after !== 'string') return [];
  return before.includes('\n') || after.includes('\n') ? [] : diffText(before, after);
}

/** Of an object that came or went whole, what is in it. */
function membersOf({ before, after }: FieldChange): readonly string[] {
  if (before !== undefined && after !== undefined) return [];
  const whole = after ?? before;
  if (whole === undefined || !isJsonObject(whole) || isSecretReference(whole)) return [];
  return inReadingOrder(whole).map(([name, value]) => `${printKey(name)}: ${printValue(value)}`);
}

/** Which side is not the secret that its reference names. Its value is in no plan, so this is all there is to say. */
function secretNoteOf({ before, after }: FieldChange): FieldDescription['secret'] {
  if (isUnmatched(after)) return 'differs-from-applied';
  if (isUnmatched(before) && after !== undefined) return 'differs-from-declared';
  const isRotated =
    before !== undefined && isSecretReference(before) && after !== undefined && jsonEquals(before, after);
  return isRotated ? 'rotated' : null;
}

function isUnmatched(value: JsonValue | undefined): boolean {
  return value !== undefined && isSecretReference(value) && value.$secret === unmatchedSecret.$secret;
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
