import { type Diagnostic, nearestName, pointerSteps, type SourceSpan } from '../../diagnostics/index.ts';
import { compileSchema, type SchemaProblem } from '../../languages/json-schema/index.ts';
import type { Attribute, AttributeConflict, Attributes, JsonValue } from '../../model/index.ts';
import type { CappedReport } from './capped-report.ts';
import type { ClassSchema } from './check-items.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import { attributePointer, isColumnMissing, isFirstTold, type ToldColumns } from './missing-column.ts';
import { missingAt, type RawItem } from './raw-item.ts';
import { readCell } from './read-cell.ts';
import { baseColumns, nearestColumn } from './read-csv-items.ts';
import { wrongField } from './read-text.ts';

type Values = Readonly<Record<string, JsonValue>>;

/** Gives the attributes of an item as its class has them, defaults included; undefined when something was reported. */
export function makeAttributeChecker(
  classes: readonly ClassSchema[],
  report: CappedReport,
  told: ToldColumns,
): (id: string, item: RawItem, objectClass: string) => Values | undefined {
  const schemas = new Map(classes.map((schema) => [schema.id, schema]));
  const checkers = new Map<string, ReturnType<typeof makeClassChecker>>();
  return (id, item, objectClass) => {
    const schema = schemas.get(objectClass);
    // A catalogue has far more classes than an organisation has items of, and each checker is a program to be made.
    return schema && checkers.getOrInsertComputed(objectClass, () => makeClassChecker(schema, report, told))(id, item);
  };
}

function makeClassChecker(
  { id: objectClass, attributes, conflicts = [], source }: ClassSchema,
  report: CappedReport,
  told: ToldColumns,
): (id: string, item: RawItem) => Values | undefined {
  const names = Object.keys(attributes);
  const compiled = compileSchema({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, attributes[name]?.schema ?? true])),
    required: names.filter((name) => attributes[name]?.required),
    additionalProperties: false,
  });
  let refused = false;
  return (id, item) => {
    if (compiled.kind === 'refused') {
      if (!refused) report.add('bad-class-schema', '', () => refuseClass(objectClass, compiled.reason, source));
      refused = true;
      return undefined;
    }
    const given = item.values.attributes ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) {
      return wrongField({ id, item, report }, '/attributes', 'a mapping of attributes', given);
    }
    const values = takeValues(given as Readonly<Record<string, unknown>>, attributes, names, item.origin === 'csv');
    const context: ProblemContext = { id, item, report, objectClass, attributes, told };
    const problems = compiled.check(values).toSorted(missingFirst);
    for (const problem of problems) reportProblem(problem, context);
    const broken = conflicts.filter((conflict) => isBroken(conflict, values));
    for (const conflict of broken) reportConflict(conflict, context);
    return problems.length === 0 && broken.length === 0 ? (values as Values) : undefined;
  };
}

function refuseClass(objectClass: string, reason: string, source: SourceSpan | undefined): Diagnostic {
  const occurrence = { subject: objectClass, ...(source === undefined ? {} : { position: source }) };
  return inventoryDiagnostics.create('bad-class-schema', { class: objectClass, reason }, occurrence);
}

/** In the order of the class, so that the same item is the same whatever it was written in; then what is not known. */
function takeValues(
  given: Readonly<Record<string, unknown>>,
  attributes: Attributes,
  names: readonly string[],
  areCells: boolean,
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const value = given[name] ?? undefined;
    const attribute = attributes[name] as Attribute;
    if (value !== undefined) values[name] = areCells ? readCell(String(value), attribute.cell) : value;
    else if (attribute.default !== undefined) values[name] = attribute.default;
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(attributes, name)) values[name] = given[name];
  }
  return values;
}

interface ProblemContext {
  readonly id: string;
  readonly item: RawItem;
  readonly report: CappedReport;
  readonly objectClass: string;
  readonly attributes: Attributes;
  readonly told: ToldColumns;
}

/** What is missing may be there under another name; said so, it is not told as unknown. */
function missingFirst(left: SchemaProblem, right: SchemaProblem): number {
  return Number(right.kind === 'missing') - Number(left.kind === 'missing');
}

function isBroken({ when, without }: AttributeConflict, values: Readonly<Record<string, unknown>>): boolean {
  return values[without] !== undefined && Object.entries(when).every(([name, value]) => values[name] === value);
}

function reportConflict(
  { without, because }: AttributeConflict,
  { id, item, report, objectClass }: ProblemContext,
): void {
  report.add(`conflict ${objectClass} ${without}`, item.source.file, () => {
    const occurrence = { position: item.positionOf(attributePointer(without)), subject: id, found: without };
    return inventoryDiagnostics.create('attributes-conflict', { subject: id, name: without, because }, occurrence);
  });
}

function reportProblem(problem: SchemaProblem, context: ProblemContext): void {
  const [name = '', ...inner] = pointerSteps(problem.pointer);
  if (problem.kind === 'unknown' && inner.length === 0) reportUnknown(name, context);
  else if (problem.kind === 'missing' && inner.length === 0) reportMissing(name, problem, context);
  else reportWrong(name, problem, context);
}

function reportMissing(name: string, { expected, found }: SchemaProblem, context: ProblemContext): void {
  const { id, item, report, objectClass, attributes, told } = context;
  const reader = { item, report, told, attributes: Object.keys(attributes) };
  if (isColumnMissing(reader, attributePointer(name), name)) return;
  report.add(`missing ${objectClass} ${name}`, item.source.file, () => {
    const facts = { subject: id, name, class: objectClass, doc: attributes[name]?.doc ?? '' };
    const position = missingAt(item, attributePointer(name));
    const occurrence = { position, subject: id, expected, found };
    return inventoryDiagnostics.create('missing-attribute', facts, occurrence);
  });
}

function reportWrong(name: string, problem: SchemaProblem, context: ProblemContext): void {
  const { id, item, report, objectClass, attributes } = context;
  const { pointer, message, expected, found } =
    attributes[name]?.schema.writeOnly === true ? unquoted(name, problem) : problem;
  report.add(`wrong ${objectClass} ${name}`, item.source.file, () => {
    const facts = { subject: id, name, message, doc: attributes[name]?.doc ?? '' };
    const occurrence = { position: item.positionOf(`/attributes${pointer}`), subject: id, expected, found };
    return inventoryDiagnostics.create('wrong-attribute', facts, occurrence);
  });
}

/** Where a credential should be named, the wrong value may be the credential itself: no output repeats it. */
function unquoted(name: string, { kind, pointer, expected }: SchemaProblem): SchemaProblem {
  const message = `${name} must be ${expected}, and is something else, which is not repeated here.`;
  return { kind, pointer, message, expected, found: 'something else' };
}

function reportUnknown(name: string, { id, item, report, objectClass, attributes, told }: ProblemContext): void {
  // An unknown column is one mistake, however many rows have something in it.
  if (item.origin === 'csv' && !isFirstTold(told, item, name)) return;
  report.add(`unknown ${objectClass} ${name}`, item.source.file, () => {
    const own = Object.keys(attributes);
    const known = item.origin === 'csv' ? [...own, ...baseColumns] : own;
    const nearest = item.origin === 'csv' ? nearestColumn(name, own) : nearestName(name, known);
    const facts = { name, class: objectClass, nearest, known };
    const position = item.namePositionOf(attributePointer(name));
    const occurrence = { position, expected: `one of ${known.join(', ')}`, found: name };
    return inventoryDiagnostics.create(
      'unknown-attribute',
      facts,
      item.origin === 'csv' ? occurrence : { ...occurrence, subject: id },
    );
  });
}
