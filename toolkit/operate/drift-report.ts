import { type Address, addressFields, type Digest, digestOf, type JsonValue } from '../model/index.ts';
import {
  type Drift,
  type DriftDescription,
  describeDrifts,
  type Plan,
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
  /** Targets that run something else than what lies in them, which is drift too, or that did not say what they run. */
  readonly running: readonly TargetRunning[];
  /** Managed objects that could not be looked at. */
  readonly unread: readonly { readonly address: string; readonly reason: string }[];
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
    compared: plan.unchanged.length + plan.changes.filter(({ applied }) => applied !== null).length,
    drift: judged.flatMap(({ drift, mute }) => (mute === undefined ? [drift] : [])),
    muted: judged.flatMap(({ drift, mute }) => (mute === undefined ? [] : [{ ...mute, drift }])),
    expiredMutes: mutes.filter(({ until }) => until < today),
    unmanaged: plan.unmanaged,
    running: plan.running,
    unread: plan.findings.flatMap(({ code, subject = '', detail }) =>
      code === 'plan/unreadable' ? [{ address: subject, reason: detail }] : [],
    ),
    pending: plan.changes.flatMap(({ address, change }) =>
      change.action === 'no-op' || drifted.has(address) ? [] : [address],
    ),
  };
  return { ...report, digest: digestOf(report as unknown as JsonValue) };
}

/** Objects and servers that are not as they were applied, without those that are muted. */
export function isDrifted({ drift, running }: Pick<DriftReport, 'drift' | 'running'>): boolean {
  return drift.length > 0 || running.some((entry) => entry.running.state === 'behind');
}

/** An audit that could not look at everything has no result: no drift would be more than it knows. */
export function isIncomplete({ running, unread }: Pick<DriftReport, 'running' | 'unread'>): boolean {
  return unread.length > 0 || running.some((entry) => entry.running.state === 'not-answering');
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
