import { type Diagnostic, printSpan } from '../diagnostics/index.ts';
import {
  type Action,
  type Address,
  addressFields,
  type Digest,
  type FieldChange,
  type JsonObject,
  type ResourcePart,
} from '../model/index.ts';
import { diffFields, fieldsFingerprint } from './diff-fields.ts';
import { type Effect, effectOf } from './effect.ts';
import { fieldLabel } from './field-label.ts';
import { fieldsOfChange } from './fields-of-change.ts';
import { diffLines, type LineChange } from './line-diff.ts';
import type { Brake, Drift, OwedChange, Plan, PlannedChange, UnmanagedObject } from './plan.ts';
import {
  type ActionCounts,
  countActions,
  isEmptyPlan,
  isExecutable,
  itemOf,
  type PlanSummary,
  planSummary,
} from './plan-summary.ts';
import { printValue } from './print-value.ts';

/** A plan as it is shown, whatever shows it: grouped, in words, with alike changes told once. */
export interface PlanDescription {
  readonly environment: string;
  readonly offline: boolean;
  readonly isEmpty: boolean;
  readonly isExecutable: boolean;
  readonly summary: PlanSummary;
  /** What cannot be taken back easily, so what to read first: one line each. */
  readonly readFirst: readonly string[];
  readonly stacks: readonly StackDescription[];
  readonly drift: readonly DriftDescription[];
  readonly unmanaged: readonly UnmanagedObject[];
  readonly owed: readonly OwedChange[];
  readonly uncommitted: Plan['uncommitted'];
  readonly brakes: readonly Brake[];
  readonly findings: readonly Diagnostic[];
  readonly digest: Digest;
}

export interface StackDescription {
  readonly stack: string;
  readonly counts: ActionCounts;
  readonly groups: readonly GroupDescription[];
}

/** The changes of one configuration item, or else of one resource type. */
export interface GroupDescription {
  readonly kind: 'item' | 'type';
  readonly title: string;
  readonly changes: readonly ChangeDescription[];
}

export type ChangeSymbol = '+' | '~' | '-' | '-/+' | '=';

export interface ChangeDescription {
  readonly address: Address;
  readonly formerAddress: Address | null;
  readonly symbol: ChangeSymbol;
  readonly action: Action;
  readonly effect: Effect;
  /** The action in a word or two: `create`, `update`, `record only`. */
  readonly title: string;
  readonly explanation: string;
  readonly reverse: string | null;
  readonly fields: readonly FieldDescription[];
  /** Names of the alerts, routes, panels inside of an object that is made. */
  readonly parts: readonly string[];
  /** Where it is declared, `stacks/plant.ts:12:3`; null for what is no longer declared. */
  readonly source: string | null;
  readonly owner: string;
  readonly criticality: string | null;
  /** Others of the same group to which the same happens for the same reason. */
  readonly alike: readonly Address[];
}

export interface FieldDescription {
  readonly symbol: '+' | '~' | '-';
  /** `group.rules[HostDown].expr` */
  readonly label: string;
  /** The part of the resource that it is in. */
  readonly part: string | null;
  readonly before: string | null;
  readonly after: string | null;
  /** For a text of several lines, the lines that differ. */
  readonly lines: readonly LineChange[];
  /** It is why the object has to be replaced. */
  readonly isForcing: boolean;
}

export interface DriftDescription {
  readonly address: Address;
  readonly kind: Drift['kind'];
  readonly detail: string;
  readonly fields: readonly FieldDescription[];
}

export interface DescribeOptions {
  /** Each change on its own, and all fields of what is made and removed. */
  readonly verbose: boolean;
}

export function describePlan(plan: Plan, options: DescribeOptions = { verbose: false }): PlanDescription {
  const changes = plan.changes.filter((change) => effectOf(change) !== 'none');
  return {
    environment: plan.environment,
    offline: plan.offline,
    isEmpty: isEmptyPlan(plan),
    isExecutable: isExecutable(plan),
    summary: planSummary(plan),
    readFirst: changes.flatMap(warningOf).sort(),
    stacks: groupsOf(changes, ({ address }) => addressFields(address).stack).map(([stack, own]) => ({
      stack,
      counts: countActions(own),
      groups: describeGroups(own, options),
    })),
    drift: describeDrifts(plan.drift, changes),
    unmanaged: plan.unmanaged,
    owed: plan.owed,
    uncommitted: plan.uncommitted,
    brakes: plan.brakes,
    findings: plan.findings,
    digest: plan.digest,
  };
}

function groupsOf<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): readonly [string, Entry[]][] {
  return [...Map.groupBy(entries, keyOf)].sort(([left], [right]) => (left < right ? -1 : 1));
}

function warningOf({ address, change, applied }: PlannedChange): readonly string[] {
  if (change.action === 'delete') return [`${address} is deleted from ${change.observed.target}.`];
  if (change.action === 'replace') return [`${address} is removed from ${change.observed.target} and made again.`];
  const isLifted = applied?.lifecycle.protect === true && 'desired' in change && !change.desired.lifecycle.protect;
  return isLifted ? [`${address} is no longer protected.`] : [];
}

/** Items first, then what serves several items, by type. */
function describeGroups(changes: readonly PlannedChange[], options: DescribeOptions): readonly GroupDescription[] {
  const ofItems = changes.filter((change) => itemOf(change) !== null);
  const others = changes.filter((change) => itemOf(change) === null);
  const describe =
    (kind: GroupDescription['kind']) =>
    ([title, group]: [string, PlannedChange[]]): GroupDescription => ({
      kind,
      title,
      changes: describeChanges(group, options),
    });
  return [
    ...groupsOf(ofItems, (change) => itemOf(change) ?? '').map(describe('item')),
    ...groupsOf(others, ({ address }) => addressFields(address).type).map(describe('type')),
  ];
}

/** In order of address. Alike means: the same words and the same fields with the same values. */
function describeChanges(changes: readonly PlannedChange[], options: DescribeOptions): readonly ChangeDescription[] {
  const sorted = [...changes].sort((left, right) => (left.address < right.address ? -1 : 1));
  if (options.verbose) return sorted.map((change) => describeChange(change, [], options));
  const folded = Map.groupBy(sorted, likenessOf);
  return [...folded.values()].flatMap(([first, ...alike]) =>
    first === undefined
      ? []
      : [
          describeChange(
            first,
            alike.map(({ address }) => address),
            options,
          ),
        ],
  );
}

function likenessOf(planned: PlannedChange): string {
  const { address, change, explanation } = planned;
  const isListedAlone = change.action === 'replace' || change.action === 'create';
  return isListedAlone
    ? address
    : `${change.action} ${explanation} ${fieldsFingerprint(fieldsOf(planned, { verbose: false }))}`;
}

function describeChange(
  planned: PlannedChange,
  alike: readonly Address[],
  options: DescribeOptions,
): ChangeDescription {
  const { address, change, applied } = planned;
  const desired = 'desired' in change ? change.desired : null;
  return {
    address,
    formerAddress: planned.formerAddress ?? null,
    symbol: symbolOf(planned),
    action: change.action,
    effect: effectOf(planned),
    title: titleOf(planned),
    explanation: planned.explanation,
    reverse: planned.reverse?.text ?? null,
    fields: describeFields(planned, options),
    parts: change.action === 'create' ? change.desired.parts.map(({ name }) => name) : [],
    source: desired === null ? null : printSpan(desired.source),
    owner: desired?.owner ?? applied?.owner ?? '',
    criticality: desired?.criticality ?? null,
    alike,
  };
}

const symbols: Readonly<Record<Action, ChangeSymbol>> = {
  create: '+',
  update: '~',
  replace: '-/+',
  delete: '-',
  adopt: '=',
  forget: '=',
  'no-op': '=',
};

/** `=` is what leaves the real object as it is; an adoption that writes is an update for whoever looks at the object. */
function symbolOf(planned: PlannedChange): ChangeSymbol {
  return planned.change.action === 'adopt' && effectOf(planned) === 'write' ? '~' : symbols[planned.change.action];
}

function titleOf(planned: PlannedChange): string {
  const { change, cause } = planned;
  switch (change.action) {
    case 'adopt':
      return effectOf(planned) === 'write' ? 'adopt and update' : 'adopt as it is';
    case 'forget':
      return 'forget';
    case 'no-op':
      return cause.kind === 'renamed' ? 'rename' : 'record only';
    default:
      return change.action;
  }
}

function describeFields(planned: PlannedChange, options: DescribeOptions): readonly FieldDescription[] {
  const { change } = planned;
  const [before, after] = sidesOf(planned);
  const parts = 'desired' in change ? change.desired.parts : [];
  const forcing = change.action === 'replace' ? change.forcedBy.map(({ pointer }) => pointer) : [];
  return fieldsOf(planned, options).map((field) => describeField(field, before, after, parts, forcing));
}

/** Both specs of a change; nothing where a side is absent. */
function sidesOf({ change }: PlannedChange): readonly [JsonObject, JsonObject] {
  switch (change.action) {
    case 'create':
    case 'no-op':
      return [{}, change.desired.spec];
    case 'update':
    case 'replace':
    case 'adopt':
      return [change.observed.spec, change.desired.spec];
    case 'delete':
      return [change.observed.spec, {}];
    case 'forget':
      return [change.applied.spec, {}];
    default:
      return change satisfies never;
  }
}

/** What is made or removed whole is not listed field by field unless asked: the name says what it is. */
function fieldsOf(planned: PlannedChange, { verbose }: DescribeOptions): readonly FieldChange[] {
  const { change } = planned;
  if (verbose && (change.action === 'create' || change.action === 'delete')) return diffFields(...sidesOf(planned));
  const isWhole = 'observed' in change && change.observed.malformed !== undefined;
  return isWhole && !verbose ? [] : fieldsOfChange(planned);
}

function describeField(
  field: FieldChange,
  before: JsonObject,
  after: JsonObject,
  parts: readonly ResourcePart[],
  forcing: readonly string[],
): FieldDescription {
  const { pointer } = field;
  return {
    symbol: symbolOfField(field),
    label: fieldLabel(field, before, after),
    // Pointers of parts lead into the declared side.
    part: field.after === undefined ? null : (partAt(pointer, parts)?.name ?? null),
    before: field.before === undefined ? null : printValue(field.before),
    after: field.after === undefined ? null : printValue(field.after),
    lines: linesOf(field),
    isForcing: forcing.some((forced) => isWithin(pointer, forced) || isWithin(forced, pointer)),
  };
}

function linesOf({ before, after }: FieldChange): readonly LineChange[] {
  const areTexts = typeof before === 'string' && typeof after === 'string';
  return areTexts && (before.includes('\n') || after.includes('\n')) ? diffLines(before, after) : [];
}

function symbolOfField({ before, after }: FieldChange): FieldDescription['symbol'] {
  if (before === undefined) return '+';
  return after === undefined ? '-' : '~';
}

/** The innermost part that holds the pointer. */
function partAt(pointer: string, parts: readonly ResourcePart[]): ResourcePart | undefined {
  return parts
    .filter((part) => isWithin(pointer, part.pointer))
    .reduce<ResourcePart | undefined>(
      (inner, part) => (inner && inner.pointer.length >= part.pointer.length ? inner : part),
      undefined,
    );
}

function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}

function describeDrifts(drifts: readonly Drift[], changes: readonly PlannedChange[]): readonly DriftDescription[] {
  const byAddress = new Map(changes.map((planned) => [planned.address, planned]));
  return drifts.map(({ address, kind, detail, fields }) => {
    const planned = byAddress.get(address);
    const before = planned?.applied?.spec ?? {};
    const after = observedSpec(planned) ?? before;
    return { address, kind, detail, fields: fields.map((field) => describeField(field, before, after, [], [])) };
  });
}

function observedSpec(planned: PlannedChange | undefined): JsonObject | null {
  if (planned === undefined) return null;
  if ('observed' in planned.change) return planned.change.observed.spec;
  // Somebody already made it what is declared.
  return planned.change.action === 'no-op' ? planned.change.desired.spec : null;
}
