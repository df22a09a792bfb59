import type { Diagnostic } from '../diagnostics/index.ts';
import {
  type ConfigurationItem,
  describeSelection,
  type ItemSelection,
  isSelected,
  parseDay,
  type Waiver,
} from '../model/index.ts';
import type { PolicyInput } from './policy.ts';
import { policyDiagnostics } from './policy-diagnostics.ts';

/** A waiver with the stack that states it. */
export interface StatedWaiver {
  readonly stack: string;
  readonly waiver: Waiver;
}

/** Of all stacks, by the name of the stack and then as declared. */
export function statedWaivers({ stacks }: PolicyInput): readonly StatedWaiver[] {
  const sorted = [...stacks].sort((left, right) => (left.name < right.name ? -1 : 1));
  return sorted.flatMap((stack) => stack.waivers.map((waiver) => ({ stack: stack.name, waiver })));
}

/** The first waiver in force that excuses an item from a policy. */
export type FindWaiver = (policy: string, item: ConfigurationItem) => StatedWaiver | undefined;

/**
 * Thousands of waivers, each for some ids, meet thousands of violations, so waivers are looked up by policy and id. What
 * selects by anything else is looked through one by one.
 */
export function indexWaivers(stated: readonly StatedWaiver[], input: PolicyInput): FindWaiver {
  const speaksFor = indexStacks(input);
  const index = new Map<string, Candidate[]>();
  for (const [order, entry] of stated.entries()) {
    const { waiver } = entry;
    if (waiver.waived.kind !== 'policy' || !isInForce(waiver, input.today)) continue;
    const { ids, rest } = splitSelection(waiver.selection);
    for (const id of ids) {
      const candidates = index.get(keyOf(waiver.waived.id, id));
      const candidate = { order, rest, stated: entry };
      if (candidates === undefined) index.set(keyOf(waiver.waived.id, id), [candidate]);
      else candidates.push(candidate);
    }
  }
  return (policy, item) => {
    const candidates = [...(index.get(keyOf(policy, item.id)) ?? []), ...(index.get(keyOf(policy, anyId)) ?? [])];
    const matching = candidates.filter(
      ({ rest, stated: { stack } }) => isSelected(rest, item) && speaksFor(stack, item.id),
    );
    return matching.sort((left, right) => left.order - right.order)[0]?.stated;
  };
}

/** What became of the waivers while the policies ran. */
export interface WaiverUse {
  /** Waivers that excused something. */
  readonly used: ReadonlySet<StatedWaiver>;
  /** Ids of all policies, and of those that failed: nobody knows what their waivers would have excused. */
  readonly known: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
}

/** What is wrong with the waivers themselves, those of alerts included. */
export function checkWaivers(
  stated: readonly StatedWaiver[],
  use: WaiverUse,
  input: PolicyInput,
): readonly Diagnostic[] {
  const selects = indexSelections(input);
  const ofStacks = stated.flatMap((entry) => [
    ...checkTerm(entry, input.today),
    // The compiler has checked that a waiver of an alert selects something.
    ...(entry.waiver.waived.kind === 'policy' ? checkSubject(entry, use, selects, input.today) : []),
  ]);
  return [...disabledEverywhere(input).flatMap((entry) => checkTerm(entry, input.today)), ...ofStacks];
}

/** An alert that the organisation has disabled is a waiver for every item: it ends like one. */
function disabledEverywhere({ organisation }: PolicyInput): readonly StatedWaiver[] {
  return (organisation.catalogue.patches ?? []).flatMap((entry) => {
    if (entry.kind !== 'alert-disabling') return [];
    const { alert, terms, source } = entry;
    const selection: ItemSelection = { kind: 'item-selection', criteria: {}, source };
    return [{ stack: organisation.id, waiver: { waived: alert, terms, selection, source } }];
  });
}

interface Candidate {
  readonly order: number;
  readonly rest: ItemSelection;
  readonly stated: StatedWaiver;
}

const anyId = '*';

function keyOf(policy: string, id: string): string {
  return `${policy} ${id}`;
}

/** The ids that a selection names, and the selection without them. */
function splitSelection(selection: ItemSelection): { readonly ids: readonly string[]; readonly rest: ItemSelection } {
  const { id, ...criteria } = selection.criteria;
  if (id === undefined) return { ids: [anyId], rest: selection };
  return { ids: typeof id === 'string' ? [id] : [...new Set(id)], rest: { ...selection, criteria } };
}

function isInForce({ terms }: Waiver, today: string): boolean {
  return parseDay(terms.until) !== null && terms.until >= today;
}

const soonDays = 30;

function checkTerm({ stack, waiver }: StatedWaiver, today: string): readonly Diagnostic[] {
  const { approver, until } = waiver.terms;
  const facts = { stack, waived: waiver.waived.id, until, approver, selection: describeSelection(waiver.selection) };
  const occurrence = { position: waiver.source, subject: stack };
  const end = parseDay(until);
  if (end === null) return [policyDiagnostics.create('waiver-date-invalid', facts, { ...occurrence, found: until })];
  const days = end - (parseDay(today) ?? end);
  if (days < 0) return [policyDiagnostics.create('waiver-expired', facts, { ...occurrence, found: until })];
  return days > soonDays ? [] : [policyDiagnostics.create('waiver-ends-soon', { ...facts, days }, occurrence)];
}

function checkSubject(stated: StatedWaiver, use: WaiverUse, selects: Selects, today: string): readonly Diagnostic[] {
  const { stack, waiver } = stated;
  const waived = waiver.waived.id;
  const facts = { stack, waived, selection: describeSelection(waiver.selection) };
  const occurrence = { position: waiver.source, subject: stack };
  if (!use.known.has(waived)) return [policyDiagnostics.create('waiver-unknown-policy', facts, occurrence)];
  if (!selects(stack, waiver.selection)) return [policyDiagnostics.create('waiver-matches-nothing', facts, occurrence)];
  if (use.used.has(stated) || use.failed.has(waived) || !isInForce(waiver, today)) return [];
  return [policyDiagnostics.create('waiver-unused', facts, occurrence)];
}

type Selects = (stack: string, selection: ItemSelection) => boolean;

function indexSelections(input: PolicyInput): Selects {
  const speaksFor = indexStacks(input);
  const byId = new Map(input.items.map((item) => [item.id, item]));
  return (stack, selection) => {
    const { ids, rest } = splitSelection(selection);
    const candidates = ids.includes(anyId) ? input.items : ids.flatMap((id) => byId.get(id) ?? []);
    return candidates.some((item) => isSelected(rest, item) && speaksFor(stack, item.id));
  };
}

/** A plant cannot excuse another plant: a stack speaks for what it or a stack below it operates, and for what nobody does. */
function indexStacks({ stacks, operatedBy }: PolicyInput): (stack: string, item: string) => boolean {
  const parents = new Map(stacks.map((stack) => [stack.name, stack.parent]));
  const lines = new Map(stacks.map(({ name }) => [name, lineOf(name, parents)]));
  return (stack, item) => {
    const operator = operatedBy.get(item);
    return operator === undefined || lines.get(operator)?.has(stack) === true;
  };
}

/** A stack and those above it. */
function lineOf(stack: string, parents: ReadonlyMap<string, string | undefined>): ReadonlySet<string> {
  const line = new Set<string>();
  for (let next: string | undefined = stack; next !== undefined && !line.has(next); next = parents.get(next))
    line.add(next);
  return line;
}
