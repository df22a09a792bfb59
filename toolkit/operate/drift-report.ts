import type { Diagnostic } from '../diagnostics/index.ts';
import { type Address, addressFields, type Digest, digestOf, type JsonValue } from '../model/index.ts';
import {
  type Drift,
  type DriftDescription,
  describeDrifts,
  type Plan,
  type PlannedChange,
  type PlannedTarget,
  type TargetRunning,
  type UnmanagedObject,
} from '../plan/index.ts';
import type { Content } from './contract.ts';

/**
 * The configuration audit: what was compared with what, when, and what differed. Made from a plan, so that audit and
 * plan can never tell two stories.
 */
export interface DriftReport {
  readonly formatVersion: 1;
  /** RFC 3339. */
  readonly at: string;
  readonly environment: string;
  readonly stacks: readonly string[];
  readonly targets: readonly PlannedTarget[];
  /** Managed objects that were looked at. */
  readonly compared: number;
  readonly drift: readonly ReportedDrift[];
  /** Drift that a mute of its stack covers today. */
  readonly muted: readonly MutedDrift[];
  /** Mutes whose day is over; what they covered is drift again. */
  readonly expiredMutes: readonly MuteNote[];
  readonly unmanaged: readonly UnmanagedObject[];
  /** What policies find wrong with what nobody declared: nobody applied that either, so it counts as drift. */
  readonly violations: readonly Diagnostic[];
  /** Targets that run something else than what lies in them, which is drift too, or that did not say what they run. */
  readonly running: readonly TargetRunning[];
  /** Managed objects that could not be looked at. */
  readonly unread: readonly { readonly address: string; readonly reason: string }[];
  /** Targets that could not be asked, with how many objects were not compared because of it. */
  readonly unasked: NonNullable<Plan['unasked']>;
  /** Changes that are declared and not applied yet: not drift, but not in place either. */
  readonly pending: readonly Address[];
  /** Over everything above, for whoever signs it. */
  readonly digest: Digest;
}

export interface MuteNote {
  readonly stack: string;
  readonly pattern: string;
  readonly reason: string;
  readonly approver: string;
  readonly until: string;
}

export interface MutedDrift extends MuteNote {
  readonly drift: ReportedDrift;
}

/** What the plan found, and the words in which it says it. */
export interface ReportedDrift extends Drift {
  readonly differences: DriftDescription['fields'];
  /** Tunings and waivers of alerts that were changed in place. */
  readonly overrides: DriftDescription['overrides'];
  /** What an operator is told less of than was applied: critical alerts, receivers, escalation. */
  readonly losses: DriftDescription['losses'];
  readonly live: DriftDescription['live'];
}

export function makeDriftReport(plan: Plan, content: Content | null, at: string): DriftReport {
  const today = at.slice(0, 10);
  const mutes = (content?.stacks ?? []).flatMap((stack) =>
    stack.mutes.map(({ pattern, terms }): MuteNote => ({ stack: stack.name, pattern, ...terms })),
  );
  const origins = new Map((content?.placed ?? []).map(({ address, origin }) => [address, origin]));
  const inForce = mutes.filter(({ until }) => until >= today);
  const judged = describe(plan).map((drift) => ({
    drift,
    mute: inForce.find((mute) => namesOf(drift.address, origins).some((name) => covers(mute, name))),
  }));
  const drifted = new Set(plan.drift.map(({ address }) => address));
  const report: Omit<DriftReport, 'digest'> = {
    formatVersion: 1,
    at,
    environment: plan.environment,
    stacks: plan.stacks.map(({ stack }) => stack),
    targets: plan.targets,
    compared: plan.unchanged.length + plan.changes.filter((planned) => isCompared(planned, plan)).length,
    drift: judged.flatMap(({ drift, mute }) => (mute === undefined ? [drift] : [])),
    muted: judged.flatMap(({ drift, mute }) => (mute === undefined ? [] : [{ ...mute, drift }])),
    expiredMutes: mutes.filter(({ until }) => until < today),
    unmanaged: plan.unmanaged,
    violations: violationsBy(plan),
    running: plan.running,
    unread: plan.findings.flatMap(({ code, subject = '', detail }) =>
      code === 'plan/unreadable' ? [{ address: subject, reason: detail }] : [],
    ),
    unasked: plan.unasked ?? [],
    pending: plan.changes.flatMap(({ address, change }) =>
      change.action === 'no-op' || drifted.has(address) ? [] : [address],
    ),
  };
  return { ...report, digest: digestOf(report as unknown as JsonValue) };
}

/** Objects and servers that are not as they were applied, without those that are muted, and what should not be there. */
export function isDrifted({
  drift,
  running,
  violations,
}: Pick<DriftReport, 'drift' | 'running' | 'violations'>): boolean {
  return drift.length + violations.length > 0 || running.some((entry) => entry.running.state === 'behind');
}

/** An audit that could not look at everything has no result: no drift would be more than it knows. */
export function isIncomplete({
  running,
  unread,
  unasked,
}: Pick<DriftReport, 'running' | 'unread' | 'unasked'>): boolean {
  return unread.length + unasked.length > 0 || running.some((entry) => entry.running.state === 'not-answering');
}

/** An unchanged object that two changes wait through is listed too, wherever it is. */
function isCompared({ address, applied }: PlannedChange, { targets, unasked = [] }: Plan): boolean {
  if (applied === null) return false;
  const { stack } = addressFields(address);
  const isItsTarget = (one: { readonly stack: string; readonly target: string }) =>
    one.stack === stack && one.target === applied.target;
  return !unasked.some(isItsTarget) || targets.some(isItsTarget);
}

/** A finding about something unmanaged names it as it would be addressed. What somebody allowed is none. */
function violationsBy({ findings, unmanaged }: Plan): readonly Diagnostic[] {
  const names = new Set(unmanaged.map(({ stack, type, name }) => `${stack}/${type}/${name}`));
  return findings.filter(({ subject = '', waiver }) => names.has(subject) && waiver === undefined);
}

function describe({ drift, changes }: Plan): readonly ReportedDrift[] {
  const described = new Map(describeDrifts(drift, changes).map((description) => [description.address, description]));
  return drift.map((entry) => {
    const { fields: differences = [], overrides = [], losses = [], live = null } = described.get(entry.address) ?? {};
    return { ...entry, differences, overrides, losses, live };
  });
}

/** What is in a cluster is also known by what it is elsewhere. */
function namesOf(address: Address, origins: ReadonlyMap<Address, Address | undefined>): readonly Address[] {
  const origin = origins.get(address);
  return origin === undefined ? [address] : [address, origin];
}

function covers({ stack, pattern }: MuteNote, address: Address): boolean {
  const fields = addressFields(address);
  const expression = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return fields.stack === stack && new RegExp(`^${expression.join('.*')}$`, 'u').test(`${fields.type}/${fields.name}`);
}
