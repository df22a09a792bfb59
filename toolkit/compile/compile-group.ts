import type { Diagnostic } from '../diagnostics/index.ts';
import {
  type CollectionScript,
  type ConfigurationItem,
  DeclarationRefused,
  isSelected,
  type Resource,
  type Stack,
} from '../model/index.ts';
import { checkStatements, compileAlerts } from './alerts/index.ts';
import { checkGroup } from './check-group.ts';
import { checkPatterns } from './check-patterns.ts';
import { checkWorkloads } from './check-workloads.ts';
import { compileRecords, indexRelations, type RelationIndex } from './cmdb/index.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';
import { checkScreens, compileDashboards } from './dashboards/index.ts';
import type { GroupDeclarations } from './group-declarations.ts';
import { type Homes, noHomes, type PlacedGroup } from './homes.ts';
import { withIncluded } from './included/index.ts';
import type { OperatedStack } from './operated-stack.ts';
import { checkCollections, compilePipelines, jobRelabelling, pipelineJobs } from './pipelines/index.ts';
import { checkScripts, compileScripts } from './scripts/index.ts';
import type { SilenceCompiler } from './silences/index.ts';
import { checkSlos, compileSlos } from './slos/index.ts';
import { compileCollection } from './stacks/index.ts';
import type { TenancyCompiler } from './tenancy/index.ts';

export interface CompiledGroup {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface OperatedGroup extends PlacedGroup {
  /** What each stack operates; nothing where there is an error. */
  readonly operated: readonly OperatedStack[];
}

/**
 * Derives every resource of every stack. Pure: the same declarations give the same bytes, whatever the clock, the zone
 * or the order of files. With an error in the declarations nothing is derived, because half a group is not a plan.
 */
export function compileGroup(
  declarations: GroupDeclarations,
  homes: Homes = noHomes,
  tenancy: TenancyCompiler | null = null,
  silences: SilenceCompiler | null = null,
): OperatedGroup {
  const checked = checkGroup(declarations);
  if (hasErrors(checked)) return refused(checked);
  const operated = operateStacks(declarations).map((one) => ({
    ...one,
    surroundings: homes.surroundings(one.surroundings, one.stack),
  }));
  const diagnostics = [
    ...checked,
    ...findOperatedTwice(operated),
    ...operated.flatMap(checkStatements),
    ...operated.flatMap(checkTargets),
    ...operated.flatMap(checkWorkloads),
    ...(silences?.check(operated) ?? []),
    ...checkSlos(operated),
    ...checkPipelines(operated),
    ...checkAllScripts(operated),
    ...operated.flatMap(checkScreens),
    ...(tenancy?.check(operated) ?? []),
  ];
  if (hasErrors(diagnostics)) return refused(diagnostics);
  const compiled = deriveAll(declarations, operated, { tenancy, silences });
  const resources = compiled
    .flatMap((part) => part.resources)
    .sort((left, right) => (left.address < right.address ? -1 : 1));
  const derived = [...diagnostics, ...compiled.flatMap((part) => part.diagnostics)];
  if (hasErrors(derived)) return refused(derived);
  const group = homes.place(operated, resources);
  const named = group.placed === group.resources ? resources : [...group.resources, ...group.placed];
  const all = [...derived, ...group.diagnostics, ...checkPatterns(declarations.stacks, named)];
  return hasErrors(all) ? refused(all) : { ...group, diagnostics: all, operated };
}

function refused(diagnostics: readonly Diagnostic[]): OperatedGroup {
  return { resources: [], placed: [], diagnostics, operated: [] };
}

/** Deriving calls functions of classes: one that gives something else than it should is told where its class is. */
function deriveAll(
  { items }: GroupDeclarations,
  operated: readonly OperatedStack[],
  rare: RareCompilers,
): readonly CompiledGroup[] {
  const relations = indexRelations(items);
  try {
    return operated.map((stack) => derive(stack, { relations, group: operated, ...rare }));
  } catch (thrown) {
    if (thrown instanceof DeclarationRefused) return [{ resources: [], diagnostics: thrown.diagnostics }];
    throw thrown;
  }
}

/** Loaded only where some stack asks for them. */
interface RareCompilers {
  readonly tenancy: TenancyCompiler | null;
  readonly silences: SilenceCompiler | null;
}

interface DerivedWith extends RareCompilers {
  readonly relations: RelationIndex;
  readonly group: readonly OperatedStack[];
}

function derive(stack: OperatedStack, { relations, group, tenancy, silences }: DerivedWith): CompiledGroup {
  const collection = compileCollection(stack, { jobs: pipelineJobs(stack), relabelling: jobRelabelling(stack) });
  const resources = [
    ...collection.resources,
    ...compileAlerts(stack),
    ...compilePipelines(stack),
    ...compileScripts(stack),
    ...compileSlos(stack),
    ...compileDashboards(stack, group),
    ...compileRecords(stack, relations),
    ...(tenancy?.compile(stack) ?? []),
  ];
  const all = withIncluded(stack, resources);
  const silent = silences?.compile(stack, group, all.resources);
  return {
    resources: [...all.resources, ...(silent?.resources ?? [])],
    diagnostics: [...collection.diagnostics, ...all.diagnostics, ...(silent?.diagnostics ?? [])],
  };
}

function checkAllScripts(operated: readonly OperatedStack[]): readonly Diagnostic[] {
  const seen = new Set<CollectionScript>();
  return operated.flatMap((stack) => checkScripts(stack, seen));
}

function checkPipelines(operated: readonly OperatedStack[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return operated.flatMap((stack) => checkCollections(stack, seen));
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** What each stack operates, with its place in the group; stacks by name, items by id. */
export function operateStacks({
  organisation,
  stacks,
  items: all,
  surroundings,
}: GroupDeclarations): readonly OperatedStack[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const sortedItems = [...all].sort((left, right) => (left.id < right.id ? -1 : 1));
  const allItems = new Map(sortedItems.map((item) => [item.id, item]));
  const bySite = Map.groupBy(sortedItems, ({ site }) => site);
  const sortedStacks = [...stacks].sort((left, right) => (left.name < right.name ? -1 : 1));
  const ancestors = new Map(sortedStacks.map((stack) => [stack.name, ancestorsOf(stack, byName)]));
  const owned = new Map(sortedStacks.map((stack) => [stack.name, itemsOf(stack, sortedItems, bySite)]));
  return sortedStacks.map((stack) => {
    const items = owned.get(stack.name) ?? [];
    const below = sortedStacks.filter(({ name }) => ancestors.get(name)?.includes(stack));
    return {
      stack,
      organisation,
      catalogue: organisation.catalogue,
      items,
      monitored: items.filter(isInService),
      below: below.flatMap(({ name }) => owned.get(name) ?? []).filter(isInService),
      allItems,
      ancestors: ancestors.get(stack.name) ?? [],
      children: sortedStacks.filter(({ parent }) => parent === stack.name),
      surroundings,
    };
  });
}

/** Most stacks operate one site: fifty of them need not look at the items of all. */
function itemsOf(
  { operations }: Stack,
  items: readonly ConfigurationItem[],
  bySite: ReadonlyMap<string, readonly ConfigurationItem[]>,
): readonly ConfigurationItem[] {
  const sites = new Set(operations.map(({ selection }) => selection.criteria.site));
  const [site] = sites;
  const candidates = sites.size === 1 && typeof site === 'string' ? (bySite.get(site) ?? []) : items;
  return candidates.filter((item) => operations.some(({ selection }) => isSelected(selection, item)));
}

function isInService({ stage }: ConfigurationItem): boolean {
  return stage === 'in-service';
}

function ancestorsOf(stack: Stack, byName: ReadonlyMap<string, Stack>): readonly Stack[] {
  const ancestors: Stack[] = [];
  for (let parent = byName.get(stack.parent ?? ''); parent !== undefined; parent = byName.get(parent.parent ?? ''))
    ancestors.push(parent);
  return ancestors;
}

function findOperatedTwice(operated: readonly OperatedStack[]): readonly Diagnostic[] {
  const operators = new Map<string, string>();
  return operated.flatMap(({ stack, items }) =>
    items.flatMap((item) => {
      const first = operators.get(item.id);
      operators.set(item.id, stack.name);
      if (first === undefined) return [];
      return [
        compileDiagnostics.create(
          'operated-twice',
          { item: item.id, first, second: stack.name },
          { position: stack.operations[0]?.source ?? stack.source, subject: item.id },
        ),
      ];
    }),
  );
}

function checkTargets({ stack, monitored }: OperatedStack): readonly Diagnostic[] {
  const needed = ['prometheus', 'alertmanager'] as const;
  if (monitored.length === 0) return [];
  return needed
    .filter((target) => !stack.targets.includes(target))
    .map((target) =>
      compileDiagnostics.create(
        'target-missing',
        { stack: stack.name, target, count: monitored.length },
        { position: stack.source, subject: stack.name },
      ),
    );
}
