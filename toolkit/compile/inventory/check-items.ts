import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import type {
  AttributeConflict,
  Attributes,
  ConfigurationItem,
  DeclaredItem,
  Organisation,
} from '../../model/index.ts';
import { makeCappedReport } from './capped-report.ts';
import { checkColumns } from './check-columns.ts';
import { makeItemCompleter } from './complete-item.ts';
import { fieldSourcesOf } from './field-sources.ts';
import { findRelationCycles } from './find-relation-cycles.ts';
import { findTwins } from './find-twins.ts';
import { identifyItems } from './identify-items.ts';
import { linkItems } from './link-items.ts';
import type { ToldColumns } from './missing-column.ts';
import type { RawItem } from './raw-item.ts';
import { rawOfDeclared } from './raw-of-declared.ts';

/** What an inventory must know of a class. Plain data: it comes out of the sandbox. */
export interface ClassSchema {
  readonly id: string;
  readonly attributes: Attributes;
  readonly conflicts?: readonly AttributeConflict[];
  /** Where it is declared. */
  readonly source?: SourceSpan;
}

export interface CheckRequest {
  /** From YAML and CSV. */
  readonly raw: readonly RawItem[];
  /** Ids in what of those could not be read. */
  readonly refused?: readonly string[];
  /** From TypeScript. */
  readonly declared: readonly DeclaredItem[];
  readonly classes: readonly ClassSchema[];
  readonly organisation: Organisation;
  /** Also say where each field stands; a dozen positions for each item, so only for those who need them. */
  readonly withFieldSources?: boolean;
}

export interface CheckedItems {
  /** Those in which nothing is wrong, in the order they stand. */
  readonly items: readonly ConfigurationItem[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Holds every item, wherever it was written, to the same rules, and completes it: defaults, relations in one direction. */
export function checkItems({
  raw,
  refused = [],
  declared,
  classes,
  organisation,
  withFieldSources = false,
}: CheckRequest): CheckedItems {
  const report = makeCappedReport();
  const lost = new Set(refused);
  const identified = identifyItems([...raw, ...declared.map(rawOfDeclared)], report, lost);
  const relations = linkItems(identified, lost, report);
  findRelationCycles(identified, relations, report);

  const told: ToldColumns = new Set();
  const complete = makeItemCompleter({ classes, organisation, report, told });
  const items: ConfigurationItem[] = [];
  for (const [id, item] of identified) {
    const completed = complete(id, item);
    if (completed === null) continue;
    const sources = withFieldSources ? { fieldSources: fieldSourcesOf(item) } : {};
    items.push({ ...completed, relations: relations.get(id) ?? [], source: item.source, ...sources });
  }
  findTwins(items, identified, report);
  checkColumns(identified.values(), { classes, report, told });
  return { items, diagnostics: report.diagnostics() };
}
