import type { SourceSpan } from '../diagnostics/index.ts';
import { bilingual } from '../model/declared-words.ts';
import {
  type BilingualText,
  type ConfigurationItem,
  callSite,
  deepFreeze,
  holdToShape,
  type OrganisationDeclaration,
  type PolicyReference,
  type Resource,
  type Stack,
} from '../model/index.ts';
import { aFunction, anObject, anything, fieldsOf, listOf, made, oneOf, someText } from '../model/shape.ts';
import type { Plan } from '../plan/plan.ts';

/** `advisory` is shown; `approval-needed` needs a named approval of the plan; `mandatory` stops it. */
export type PolicyLevel = 'advisory' | 'approval-needed' | 'mandatory';

/** One check over content and plan: its code, its test and its page are three neighbours in `policies/`. */
export interface Policy extends PolicyReference {
  readonly level: PolicyLevel;
  /** The claim that holds where nothing is wrong. */
  readonly title: BilingualText;
  /** What goes wrong where it does not hold. */
  readonly rationale: string;
  /** What to do about a violation. */
  readonly remedy: string;
  /** Standard clauses that it serves, such as `S0:7.3.1.1`. */
  readonly clauses: readonly string[];
  /** Pure: what it says depends on its input only. The input is frozen. */
  readonly check: (input: PolicyInput) => readonly Violation[];
  readonly source: SourceSpan;
}

/** All that a policy may look at, as values: the whole organisation, whatever a plan selects of it. */
export interface PolicyInput {
  readonly organisation: OrganisationDeclaration;
  readonly stacks: readonly Stack[];
  readonly items: readonly ConfigurationItem[];
  readonly resources: readonly Resource[];
  /** Which stack operates an item; absent: none does. */
  readonly operatedBy: ReadonlyMap<string, string>;
  /** Null while only content is judged (`opsctl validate`). */
  readonly plan: Plan | null;
  /** Day of the judgement as `2027-03-31`; policies have no other clock. */
  readonly today: string;
}

/** One thing that a policy found. */
export interface Violation {
  /** An item id, an address, a part address or a stack name. */
  readonly subject: string;
  /** Item that a waiver would have to select; null where no item is concerned. */
  readonly item: string | null;
  /** One or two full sentences. */
  readonly message: string;
  /** Where it is wrong; absent: where the item, or else the subject, is declared. */
  readonly position?: SourceSpan;
  readonly expected?: string;
  readonly found?: string;
}

/**
 * Declares a policy: the default export of a file in `policies/`, alone or in a list.
 *
 * ```ts
 * export default definePolicy({
 *   id: 'plants/two-people',
 *   level: 'advisory',
 *   title: { en: 'Each plant has two people', zh: '每个工厂至少两人' },
 *   rationale: 'One person alone is on holiday one day.',
 *   remedy: 'Name a deputy in cmdb/organisation/.',
 *   clauses: [],
 *   check: ({ organisation }) => organisation.teams.filter(isAlone).map((team) => ({ subject: team.id, item: null, message })),
 * });
 * ```
 */
export function definePolicy(policy: Omit<Policy, 'kind' | 'source'>): Policy {
  const source = callSite(definePolicy);
  holdToShape(policyShape, policy, 'definePolicy({...})', source);
  return deepFreeze({ ...policy, kind: 'policy', source });
}

const policyFields = {
  id: someText,
  level: oneOf(['advisory', 'approval-needed', 'mandatory']),
  title: bilingual,
  rationale: someText,
  remedy: someText,
  clauses: listOf(someText),
  check: aFunction,
};

const policyShape = fieldsOf<Omit<Policy, 'kind' | 'source'>>(policyFields);

/** What a file exports: mostly what the call gave, at times a changed copy of it. */
export const exportedPolicyShape = made<Policy>(
  { ...policyFields, kind: anything, source: anObject },
  'a policy made by definePolicy({...})',
);
