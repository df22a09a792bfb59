import { nearestName, pointerSteps, pointerTo } from '../../diagnostics/index.ts';
import { compileSchema, type SchemaProblem } from '../../languages/json-schema/index.ts';
import type { Attribute, Attributes, JsonValue } from '../../model/index.ts';
import type { CappedReport } from './capped-report.ts';
import type { ClassSchema } from './check-items.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import type { RawItem } from './raw-item.ts';
import { readCell } from './read-cell.ts';
import { wrongField } from './read-text.ts';

type Values = Readonly<Record<string, JsonValue>>;

/** Gives the attributes of an item as its class has them, defaults included; undefined when something was reported. */
export function makeAttributeChecker(
  classes: readonly ClassSchema[],
  report: CappedReport,
): (id: string, item: RawItem, objectClass: string) => Values | undefined {
  const checkers = new Map(classes.map((schema) => [schema.id, makeClassChecker(schema, report)]));
  return (id, item, objectClass) => checkers.get(objectClass)?.(id, item);
}

function makeClassChecker(
  { id: objectClass, attributes }: ClassSchema,
  report: CappedReport,
): (id: string, item: RawItem) => Values | undefined {
  const names = Object.keys(attributes);
  const compiled = compileSchema({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, attributes[name]?.schema ?? true])),
    required: names.filter((name) => attributes[name]?.required),
    additionalProperties: false,
  });
  let refused = false;
  const toldColumns = new Set<string>();
  return (id, item) => {
    if (compiled.kind === 'refused') {
      if (!refused) report.add('bad-class-schema', '', () => refuseClass(objectClass, compiled.reason));
      refused = true;
      return undefined;
    }
    const given = item.values.attributes ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) {
      return wrongField({ id, item, report }, '/attributes', 'a mapping of attributes', given);
    }
    const values = takeValues(given as Readonly<Record<string, unknown>>, attributes, names, item.origin === 'csv');
    const problems = compiled.check(values);
    if (problems.length === 0) return values as Values;
    for (const problem of problems) reportProblem(problem, { id, item, report, objectClass, attributes, toldColumns });
    return undefined;
  };
}

function refuseClass(objectClass: string, reason: string) {
  return inventoryDiagnostics.create('bad-class-schema', { class: objectClass, reason }, { subject: objectClass });
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
  /** An unknown column is one mistake, however many rows have something in it. */
  readonly toldColumns: Set<string>;
}

function reportProblem(problem: SchemaProblem, context: ProblemContext): void {
  const [name = '', ...inner] = pointerSteps(problem.pointer);
  if (problem.kind === 'unknown' && inner.length === 0) reportUnknown(name, context);
  else if (problem.kind === 'missing' && inner.length === 0) reportMissing(name, problem, context);
  else reportWrong(name, problem, context);
}

function reportMissing(name: string, { expected, found }: SchemaProblem, context: ProblemContext): void {
  const { id, item, report, objectClass, attributes } = context;
  report.add(`missing ${objectClass} ${name}`, item.source.file, () => {
    const facts = { subject: id, name, class: objectClass, doc: attributes[name]?.doc ?? '' };
    const occurrence = { position: item.source, subject: id, expected, found };
    return inventoryDiagnostics.create('missing-attribute', facts, occurrence);
  });
}

function reportWrong(
  name: string,
  { pointer, message, expected, found }: SchemaProblem,
  context: ProblemContext,
): void {
  const { id, item, report, objectClass, attributes } = context;
  report.add(`wrong ${objectClass} ${name}`, item.source.file, () => {
    const facts = { subject: id, name, message, doc: attributes[name]?.doc ?? '' };
    const occurrence = { position: item.positionOf(`/attributes${pointer}`), subject: id, expected, found };
    return inventoryDiagnostics.create('wrong-attribute', facts, occurrence);
  });
}

function reportUnknown(name: string, { id, item, report, objectClass, attributes, toldColumns }: ProblemContext): void {
  const column = `${item.source.file}\n${name}`;
  if (item.origin === 'csv' && toldColumns.has(column)) return;
  toldColumns.add(column);
  report.add(`unknown ${objectClass} ${name}`, item.source.file, () => {
    const known = Object.keys(attributes);
    const facts = { name, class: objectClass, nearest: nearestName(name, known), known };
    const position = item.namePositionOf(pointerTo('/attributes', name));
    const occurrence = { position, expected: `one of ${known.join(', ')}`, found: name };
    return inventoryDiagnostics.create(
      'unknown-attribute',
      facts,
      item.origin === 'csv' ? occurrence : { ...occurrence, subject: id },
    );
  });
}
