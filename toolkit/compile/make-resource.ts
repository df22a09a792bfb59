import {
  type Address,
  type ConfigurationItem,
  type Criticality,
  criticalities,
  type DerivationStep,
  type JsonObject,
  makeAddress,
  parseAddress,
  plainLifecycle,
  type Resource,
  type ResourcePart,
} from '../model/index.ts';
import { namePattern } from './address-pattern.ts';
import type { OperatedStack } from './operated-stack.ts';

export interface ResourceDraft {
  readonly type: string;
  readonly name: string;
  readonly target: string;
  readonly spec: JsonObject;
  /** Items it was derived from; the highest criticality of them is its own. */
  readonly items: readonly ConfigurationItem[];
  /** The one item that it describes, whose owner and tenant it has, and with which it is declared; absent: it is shared. */
  readonly item?: ConfigurationItem;
  readonly dependsOn?: readonly Address[];
  readonly clauses?: readonly string[];
  readonly derivation: readonly DerivationStep[];
  readonly parts?: readonly ResourcePart[];
}

/** Completes a draft with what its stack and its items say. */
export function makeResource(operated: OperatedStack, draft: ResourceDraft): Resource {
  const { stack } = operated;
  const { item } = draft;
  const protection = stack.protections.find(({ pattern }) => namePattern(pattern)(`${draft.type}/${draft.name}`));
  return {
    address: makeAddress({ stack: stack.name, type: draft.type, name: draft.name }),
    aliases: formerAddresses(operated, `${draft.type}/${draft.name}`),
    type: draft.type,
    target: draft.target,
    spec: draft.spec,
    dependsOn: draft.dependsOn ?? [],
    owner: item?.owner ?? stack.team,
    tenant: item?.tenant ?? null,
    tier: stack.tier,
    criticality: highestCriticality(draft.items),
    clauses: [...new Set(draft.clauses ?? [])].sort(),
    lifecycle: protection === undefined ? plainLifecycle : { ...plainLifecycle, protect: true },
    source: item?.source ?? stack.source,
    derivation: draft.derivation,
    parts: draft.parts ?? [],
  };
}

/** A name that cannot be part of an address is told by the check of the group, before anything is derived. */
function formerAddresses({ stack }: OperatedStack, name: string): readonly Address[] {
  return stack.renames
    .filter(({ to }) => to === name)
    .flatMap(({ from }) => parseAddress(`${stack.name}/${from}`) ?? []);
}

/** The step that every derived object shares: which `.operate()` brought the items in. */
export function operatedStep(operated: OperatedStack, what: string): DerivationStep {
  const { stack } = operated;
  const source = stack.operations[0]?.source ?? stack.source;
  return {
    kind: 'declaration',
    subject: stack.name,
    text: `The stack ${stack.name} (${stack.tier}, ${stack.site}) operates ${what}.`,
    source,
  };
}

function highestCriticality(items: readonly ConfigurationItem[]): Criticality {
  const ranks = items.map((item) => criticalities.indexOf(item.criticality));
  return criticalities[Math.min(criticalities.length - 1, ...ranks)] ?? 'low';
}
