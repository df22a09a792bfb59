import { nearestName, pointerTo } from '../../diagnostics/index.ts';
import {
  type BilingualText,
  type ConfigurationItem,
  type Criticality,
  criticalities,
  type LifecycleStage,
  lifecycleStages,
  type Organisation,
} from '../../model/index.ts';
import type { CappedReport } from './capped-report.ts';
import { makeAttributeChecker } from './check-attributes.ts';
import type { ClassSchema } from './check-items.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import { isColumnMissing, type ToldColumns } from './missing-column.ts';
import { missingAt, type RawItem } from './raw-item.ts';
import { readText, wrongField } from './read-text.ts';

interface Surroundings {
  readonly classes: readonly ClassSchema[];
  readonly organisation: Organisation;
  readonly report: CappedReport;
  readonly told: ToldColumns;
}

type CompletedItem = Omit<ConfigurationItem, 'relations' | 'source' | 'fieldSources'>;

/** Checks the fields of one item after the other; null for an item in which something is wrong. */
export function makeItemCompleter({
  classes,
  organisation,
  report,
  told,
}: Surroundings): (id: string, item: RawItem) => CompletedItem | null {
  const known = {
    class: new Set(classes.map(({ id }) => id)),
    site: new Set(organisation.sites.map(({ id }) => id)),
    owner: new Set(organisation.teams.map(({ id }) => id)),
    tenant: new Set(organisation.tenants.map(({ id }) => id)),
    supplier: new Set(organisation.suppliers.map(({ id }) => id)),
  };
  const attributesOf = new Map(classes.map(({ id, attributes }) => [id, Object.keys(attributes)]));
  const checkAttributes = makeAttributeChecker(classes, report, told);

  return (id, item) => {
    const reader: FieldReader = {
      id,
      item,
      report,
      told,
      attributes: attributesOf.get(String(item.values.class)) ?? [],
    };
    const objectClass = required(reader, 'class', known.class);
    const site = required(reader, 'site', known.site);
    const owner = required(reader, 'owner', known.owner);
    const tenant = reference(reader, 'tenant', known.tenant);
    const supplier = reference(reader, 'supplier', known.supplier);
    const criticality = option<Criticality>(reader, 'criticality', criticalities, 'medium');
    const stage = option<LifecycleStage>(reader, 'stage', lifecycleStages, 'in-service');
    const title = readTitle(reader);
    const identity = readIdentity(reader);
    const attributes = objectClass === undefined ? undefined : checkAttributes(id, item, objectClass);
    if (objectClass === undefined || site === undefined || owner === undefined || tenant === undefined) return null;
    if (supplier === undefined || criticality === undefined || stage === undefined) return null;
    if (title === undefined || identity === undefined || attributes === undefined) return null;
    return { id, class: objectClass, title, site, owner, tenant, criticality, stage, supplier, identity, attributes };
  };
}

interface FieldReader {
  readonly id: string;
  readonly item: RawItem;
  readonly report: CappedReport;
  readonly told: ToldColumns;
  readonly attributes: readonly string[];
}

type ReferenceField = 'class' | 'site' | 'owner' | 'tenant' | 'supplier';

// Each reader gives undefined for what it has reported.

function required(reader: FieldReader, name: ReferenceField, known: ReadonlySet<string>): string | undefined {
  const value = reference(reader, name, known);
  if (value !== null) return value;
  const { id, item, report } = reader;
  if (isColumnMissing(reader, `/${name}`, name)) return undefined;
  report.add(`missing-field ${name}`, item.source.file, () =>
    inventoryDiagnostics.create(
      'missing-field',
      { subject: id, name, origin: item.origin },
      { position: missingAt(item, `/${name}`), subject: id },
    ),
  );
  return undefined;
}

function reference(reader: FieldReader, name: ReferenceField, known: ReadonlySet<string>): string | null | undefined {
  const value = readText(reader, `/${name}`, reader.item.values[name]);
  if (typeof value !== 'string' || known.has(value)) return value;
  const { id, item, report } = reader;
  report.gather(`unknown ${name} ${value}`, (more) => {
    const nearest = nearestName(value, known);
    const occurrence = { position: item.positionOf(`/${name}`), subject: id, found: value };
    if (name === 'class') {
      const facts = { subject: id, value, nearest, known: [...known], more };
      return inventoryDiagnostics.create('unknown-class', facts, {
        ...occurrence,
        expected: `one of ${facts.known.join(', ')}`,
      });
    }
    const facts = { subject: id, name: referenceNames[name], value, nearest, declaredIn: 'cmdb/organisation', more };
    return inventoryDiagnostics.create('unknown-reference', facts, {
      ...occurrence,
      expected: `the id of a ${facts.name}`,
    });
  });
  return undefined;
}

const referenceNames = { site: 'site', owner: 'team', tenant: 'tenant', supplier: 'supplier' } as const;

function option<Option extends string>(
  reader: FieldReader,
  name: 'criticality' | 'stage',
  options: readonly Option[],
  fallback: Option,
): Option | undefined {
  const given = reader.item.values[name];
  // A number where a word is meant, such as a criticality of 3, is no word either once it is quoted.
  const value =
    typeof given === 'number' || typeof given === 'boolean' ? String(given) : readText(reader, `/${name}`, given);
  if (value === undefined) return undefined;
  if (value === null) return fallback;
  const found = options.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  const { id, item, report } = reader;
  report.add(`option ${name}`, item.source.file, () => {
    const facts = { subject: id, name, value, options, nearest: nearestName(value, options) };
    const occurrence = {
      position: item.positionOf(`/${name}`),
      subject: id,
      expected: `one of ${options.join(', ')}`,
      found: value,
    };
    return inventoryDiagnostics.create('not-an-option', facts, occurrence);
  });
  return undefined;
}

/** One text stands for both languages, and a title in one language for the other. */
function readTitle(reader: FieldReader): BilingualText | undefined {
  const { title } = reader.item.values;
  if (typeof title !== 'object' || title === null) {
    const text = readText(reader, '/title', title);
    return text === undefined ? undefined : { en: text ?? reader.id, zh: text ?? reader.id };
  }
  const { en, zh, ...others } = title as Readonly<Record<string, unknown>>;
  if (Array.isArray(title) || Object.keys(others).length > 0) {
    return wrongField(reader, '/title', 'a text, or texts as `en` and `zh`', title);
  }
  const [english, chinese] = [readText(reader, '/title/en', en), readText(reader, '/title/zh', zh)];
  if (english === undefined || chinese === undefined) return undefined;
  return { en: english ?? chinese ?? reader.id, zh: chinese ?? english ?? reader.id };
}

const nothing: Readonly<Record<string, string>> = {};

function readIdentity(reader: FieldReader): Readonly<Record<string, string>> | undefined {
  const { identity } = reader.item.values;
  if (identity === undefined || identity === null) return nothing;
  if (typeof identity !== 'object' || Array.isArray(identity)) {
    return wrongField(reader, '/identity', 'a mapping such as `serial: "HT23A0001"`', identity);
  }
  const read: Record<string, string> = {};
  let isSound = true;
  for (const [name, value] of Object.entries(identity)) {
    const text = readText(reader, pointerTo('/identity', name), value);
    if (text === undefined) isSound = false;
    else if (text !== null) {
      read[name] = text;
      warnOfRounding(reader, name, text);
    }
  }
  return isSound ? read : undefined;
}

/** 621700123456789 in a cell becomes 6.217E+14 when a spreadsheet saves it. */
function warnOfRounding({ id, item, report }: FieldReader, name: string, value: string): void {
  if (item.origin !== 'csv' || !/^\d(\.\d+)?E\+\d+$/i.test(value)) return;
  report.add('rounded-number', item.source.file, () => {
    const occurrence = { position: item.positionOf(pointerTo('/identity', name)), subject: id, found: value };
    return inventoryDiagnostics.create('rounded-number', { subject: id, name, value }, occurrence);
  });
}
