import type { Refire } from '../../toolkit/operate/index.ts';
import {
  describePlan,
  effectOf,
  fieldsOfChange,
  isEmptyPlan,
  isExecutable,
  itemMoves,
  overridesOfChange,
  type Plan,
  type PlanDescription,
  type PlannedChange,
  planSummary,
  readFirst,
} from '../../toolkit/plan/index.ts';
import type { ProgramEvent, Terminal, View } from '../output/view.ts';
import { harmless } from './harmless.ts';
import {
  brakeLines,
  driftLines,
  findingLines,
  owedLines,
  unaskedLines,
  uncommittedLines,
  unhealthyLines,
  unmanagedLines,
} from './plan/beside-lines.ts';
import { footLines } from './plan/foot-lines.ts';
import { type Lines, listedAtMost, moreLine } from './plan/listing.ts';
import { refireLine } from './plan/refire-line.ts';
import { runningLines } from './plan/running-lines.ts';
import { stackLines } from './plan/stack-lines.ts';
import { wrapText } from './wrap-text.ts';

/**
 * The plan for whoever approves or runs it. From the top: what is dangerous, what happens where and why, what was found
 * besides. At the end, where the eye is after a long listing: what stops it, the counts and the digest.
 */
export const planView: View<Plan> = planViewWith([]);

/** The same with what it would do to alerts that are active as it is shown. */
export function planViewWith(refires: readonly Refire[]): View<Plan> {
  const concerns = refires.map(refireLine);
  return {
    human: (plan, terminal) => printPlan(plan, concerns, terminal),
    events: (plan) => planEvents(plan, refires),
  };
}

function printPlan(plan: Plan, concerns: Lines, terminal: Terminal): string {
  const { readFirst: own, ...rest } = describePlan(plan, { verbose: terminal.isVerbose });
  const described = harmless({ ...rest, readFirst: [...concerns, ...own] });
  const lines = sectionsOf(described, terminal).flatMap((section) => [...section, '']);
  return `${lines.join('\n').trimEnd()}\n`;
}

function planEvents(plan: Plan, refires: readonly Refire[]): readonly ProgramEvent[] {
  return [
    ...plan.changes.map(changeEvent),
    ...refires.map((refire) => ({ event: 'refire', ...refire })),
    ...plan.drift.map((entry) => ({ event: 'drift', ...entry })),
    ...plan.running.map(({ stack, target, running }) => ({ event: 'running', stack, target, ...running })),
    ...(plan.unasked ?? []).map((entry) => ({ event: 'unasked', ...entry })),
    ...(plan.unhealthy ?? []).map((entry) => ({ event: 'unhealthy', ...entry })),
    ...plan.unmanaged.map((entry) => ({ event: 'unmanaged', ...entry })),
    ...plan.owed.map((entry) => ({ event: 'owed', ...entry })),
    ...plan.brakes.map((entry) => ({ event: 'brake', ...entry })),
    ...plan.findings.map((entry) => ({ event: 'finding', ...entry })),
    plannedEvent(plan, refires.map(refireLine)),
  ];
}

function plannedEvent(plan: Plan, concerns: Lines): ProgramEvent {
  const changes = plan.changes.filter((change) => effectOf(change) !== 'none');
  const moves = itemMoves(changes, plan.elsewhere);
  return {
    event: 'planned',
    environment: plan.environment,
    offline: plan.offline,
    isEmpty: isEmptyPlan(plan),
    isExecutable: isExecutable(plan),
    ...(plan.unasked === undefined ? {} : { isComplete: false }),
    summary: planSummary(plan),
    readFirst: [...concerns, ...readFirst(changes, moves, plan.weakened, plan.unmanaged)],
    moves,
    digest: plan.digest,
  };
}

function changeEvent(planned: PlannedChange): ProgramEvent {
  const { address, formerAddress, change, cause, explanation, reverse, waitsFor } = planned;
  const overrides = overridesOfChange(planned);
  return {
    event: 'change',
    address,
    ...(formerAddress === undefined ? {} : { formerAddress }),
    action: change.action,
    effect: effectOf(planned),
    cause,
    explanation,
    reverse,
    fields: fieldsOfChange(planned),
    ...(overrides.length === 0 ? {} : { overrides }),
    waitsFor,
    ...('desired' in change ? { source: change.desired.source } : {}),
  };
}

function sectionsOf(plan: PlanDescription, terminal: Terminal): readonly Lines[] {
  const sections = [
    headLines(plan, terminal),
    ...plan.stacks.map((stack) => stackLines(stack, terminal)),
    driftLines(plan.drift, terminal),
    // Of those that do not answer a warning tells.
    runningLines(
      plan.running.filter(({ running }) => running.state === 'behind'),
      terminal,
    ),
    unaskedLines(plan, terminal),
    unhealthyLines(plan, terminal),
    unmanagedLines(plan, terminal),
    owedLines(plan, terminal),
    uncommittedLines(plan, terminal),
    findingLines(plan, terminal),
    brakeLines(plan, terminal),
    footLines(plan, terminal),
  ];
  return sections.filter((section) => section.length > 0);
}

function headLines({ environment, offline, readFirst }: PlanDescription, { paint, width, isVerbose }: Terminal): Lines {
  const basis = offline ? ' against the last recorded state (offline: the real systems were not asked)' : '';
  const shown = isVerbose ? readFirst : readFirst.slice(0, listedAtMost);
  return [
    `${paint('bold', `Plan for ${environment}`)}${basis}`,
    ...(readFirst.length === 0 ? [] : ['', paint('bold', 'Read first:')]),
    ...shown.flatMap((line) => {
      const [first = '', ...rest] = wrapText(line, width, '    ');
      return [`  ${paint('red', '!')} ${first.trimStart()}`, ...rest];
    }),
    ...moreLine(readFirst.length - shown.length),
  ];
}
