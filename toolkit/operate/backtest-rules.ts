import type { AlertingRule, RecordedRule } from '../history/index.ts';
import { readGroup, recordedNames, ruleKey } from '../history/index.ts';
import { printExpression, selectorsIn } from '../languages/promql/index.ts';
import {
  addressFields,
  canonicalJson,
  type JsonObject,
  type Resource,
  type ResourceTypeDefinition,
} from '../model/index.ts';
import type { Plan } from '../plan/index.ts';
import { specsOf } from '../plan/specs-of-change.ts';
import type { Content, Repository } from './contract.ts';

/** The specs of one stack that a backtest reads: rules, routing, labels. */
export type StackSpecs = ReadonlyMap<string, JsonObject>;

/** What is wanted, and what was last applied; null where nothing was. */
export interface BothSides {
  readonly wanted: StackSpecs;
  readonly applied: StackSpecs | null;
}

export interface SideRequest {
  readonly plan: Plan | null;
  readonly types: ReadonlyMap<string, ResourceTypeDefinition>;
  readonly stack: string;
}

/** Content against what is applied; or, of a saved plan, what it would leave behind against that. */
export async function readSides(
  { recordedStates }: Repository,
  content: Content,
  { plan, types, stack }: SideRequest,
): Promise<BothSides> {
  const recorded = (await recordedStates()).get(stack);
  const resources = recorded?.ok ? [...recorded.loaded.state.resources.values()] : [];
  const applied: StackSpecs | null =
    resources.length === 0 ? null : new Map(resources.map(({ address, spec }) => [String(address), spec]));
  if (plan === null) {
    const own = content.resources.filter(({ address }) => addressFields(address).stack === stack);
    // What was applied is in this form, too: a rule that is only written otherwise is the same.
    const canonical = ({ type, spec }: Resource) => types.get(type)?.canonical(spec) ?? spec;
    return { wanted: new Map(own.map((resource) => [String(resource.address), canonical(resource)])), applied };
  }
  const wanted = new Map(applied ?? []);
  for (const planned of plan.changes.filter(({ address }) => addressFields(address).stack === stack)) {
    const { action } = planned.change;
    if (planned.formerAddress !== undefined) wanted.delete(planned.formerAddress);
    if (action === 'delete' || action === 'forget') wanted.delete(planned.address);
    else wanted.set(planned.address, specsOf(planned)[1]);
  }
  return { wanted, applied };
}

/** The rules of one side of a stack. */
export interface RuleWorld {
  readonly alerts: readonly AlertingRule[];
  readonly recorded: readonly RecordedRule[];
}

export function readWorld(specs: StackSpecs): RuleWorld {
  const groups = [...specs]
    .filter(([address]) => address.split('/')[1] === 'prometheus-rules')
    .map(([, spec]) => readGroup(spec));
  return {
    alerts: groups.flatMap(({ alerts }) => alerts),
    recorded: groups.flatMap(({ recorded }) => recorded),
  };
}

/** All that decides what an alert does: equal on both sides, it does the same. */
export function definitionOf(rules: readonly AlertingRule[], { recorded }: RuleWorld): string {
  const names = [...new Set(rules.flatMap(({ expression }) => recordedNames(expression, recorded)))].sort();
  return canonicalJson([rules.map(ruleKey), names.map((name) => recordedDefinition(name, recorded))]);
}

export function recordedDefinition(name: string, recorded: readonly RecordedRule[]): string {
  const own = recorded.filter((rule) => rule.name === name);
  return canonicalJson(own.map(({ expression, labels }) => [printExpression(expression), { ...labels }]));
}

/** Rules that read no series say the same at all times: they can stand in for what was recorded. */
export function isConstant(name: string, recorded: readonly RecordedRule[]): boolean {
  return recorded.filter((rule) => rule.name === name).every(({ expression }) => selectorsIn(expression).length === 0);
}
