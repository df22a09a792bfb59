import type { Diagnostic } from '../diagnostics/index.ts';
import {
  type CollectionScript,
  type ConfigurationItem,
  DeclarationRefused,
  isSelected,
  type OrganisationDeclaration,
  type Resource,
  type Stack,
} from '../model/index.ts';
import { checkStatements, compileAlerts } from './alerts/index.ts';
import { checkGroup } from './check-group.ts';
import { checkPatterns } from './check-patterns.ts';
import { compileRecords, indexRelations, type RelationIndex } from './cmdb/index.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';
import { checkScreens, compileDashboards } from './dashboards/index.ts';
import { withIncluded } from './included/index.ts';
import type { OperatedStack, Surroundings } from './operated-stack.ts';
import { checkCollections, compilePipelines, jobRelabelling, pipelineJobs } from './pipelines/index.ts';
import { checkScripts, compileScripts } from './scripts/index.ts';
import { checkSlos, compileSlos } from './slos/index.ts';
import { compileCollection } from './stacks/index.ts';

export interface GroupDeclarations {
  readonly organisation: OrganisationDeclaration;
  readonly stacks: readonly Stack[];
  /** Every item of the organisation, checked. */
  readonly items: readonly ConfigurationItem[];
  readonly surroundings: Surroundings;
}

export interface CompiledGroup {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface OperatedGroup extends CompiledGroup {
  /** What each stack operates; nothing where there is an error. */
  readonly operated: readonly OperatedStack[];
}

/**
 * Derives every resource of every stack. Pure: the same declarations give the same bytes, whatever the clock, the zone
 * or the order of files. With an error in the declarations nothing is derived, because half a group is not a plan.
 */
export function compileGroup(declarations: GroupDeclarations): OperatedGroup {
  const checked = checkGroup(declarations);
  if (hasErrors(checked)) return { resources: [], diagnostics: checked, operated: [] };
  const operated = operateStacks(declarations);
  const diagnostics = [
    ...checked,
    ...findOperatedTwice(operated),
    ...operated.flatMap(checkStatements),
    ...operated.flatMap(checkTargets),
    ...checkSlos(operated),
    ...checkPipelines(operated),
    ...checkAllScripts(operated),
    ...operated.flatMap(checkScreens),
  ];
  if (hasErrors(diagnostics)) return { resources: [], diagnostics, operated: [] };
  const compiled = deriveAll(declarations, operated);
  const resources = compiled
    .flatMap((part) => part.resources)
    .sort((left, right) => (left.address < right.address ? -1 : 1));
  const derived = [...diagnostics, ...compiled.flatMap((part) => part.diagnostics)];
  if (hasErrors(derived)) return { resources: [], diagnostics: derived, operated: [] };
  const all = [...derived, ...checkPatterns(declarations.stacks, resources)];
  return hasErrors(all) ? { resources: [], diagnostics: all, operated: [] } : { resources, diagnostics: all, operated };
}

/** Deriving calls functions of classes: one that gives something else than it should is told where its class is. */
function deriveAll({ items }: GroupDeclarations, operated: readonly OperatedStack[]): readonly CompiledGroup[] {
  const relations = indexRelations(items);
  try {
    return operated.map((stack) => derive(stack, relations, operated));
  } catch (thrown) {
    if (thrown instanceof DeclarationRefused) return [{ resources: [], diagnostics: thrown.diagnostics }];
    throw thrown;
  }
}

function derive(stack: OperatedStack, relations: RelationIndex, group: readonly OperatedStack[]): CompiledGroup {
  const collection = compileCollection(stack, { jobs: pipelineJobs(stack), relabelling: jobRelabelling(stack) });
  const resources = [
    ...collection.resources,
    ...compileAlerts(stack),
    ...compilePipelines(stack),
    ...compileScripts(stack),
    ...compileSlos(stack),
    ...compileDashboards(stack, group),
    ...compileRecords(stack, relations),
  ];
  const all = withIncluded(stack, resources);
  return { resources: all.resources, diagnostics: [...collection.diagnostics, ...all.diagnostics] };
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
