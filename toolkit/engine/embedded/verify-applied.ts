import type { Diagnostic } from '../../diagnostics/index.ts';
import type {
  Address,
  AppliedResource,
  ObjectReference,
  Observation,
  ResourceTypeDefinition,
} from '../../model/index.ts';
import { effectiveSpec } from '../../plan/effective-spec.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import type { Intent } from '../journal/journal-entry.ts';
import { matchesRecord } from '../state/matches-record.ts';
import { diagnosticOf, readTarget, type TargetRun } from '../targets/target-run.ts';

/**
 * Reads back what a target has accepted: a provider, or something else that writes there, may not have done what was
 * asked. Gives the diagnostic of each object that is not as intended.
 */
export async function verifyApplied(
  target: TargetRun,
  intents: readonly Intent[],
  formers: ReadonlyMap<Address, AppliedResource>,
  salt: string,
): Promise<{ readonly wrong: ReadonlyMap<Address, Diagnostic>; readonly notice: Diagnostic | null }> {
  const wrong = new Map<Address, Diagnostic>();
  let seen: ReadonlyMap<Address, Observation>;
  let left: ReadonlyMap<Address, Observation>;
  try {
    seen = await readTarget(
      target,
      intents.flatMap(({ address, intended }) => referenceTo(address, intended ?? formers.get(address))),
    );
    left = await readTarget(
      target,
      intents
        .filter((intent) => leavesItsPlace(intent, formers.get(intent.address), typeOf(target, intent)))
        .flatMap(({ address }) => referenceTo(address, formers.get(address))),
    );
  } catch (error) {
    const notice = diagnosticOf(error, (reason) =>
      engineDiagnostics.create('not-verified', { stack: target.stack, target: target.target, reason }),
    );
    return { wrong, notice: { ...notice, severity: 'warning' } };
  }
  for (const intent of intents) {
    const observation = seen.get(intent.address);
    const found =
      (observation && differenceFrom(intent, observation, typeOf(target, intent), salt)) ??
      leftBehind(intent, left.get(intent.address), typeOf(target, intent), salt);
    if (found === null) continue;
    const facts = { address: intent.address, target: target.target, found };
    wrong.set(intent.address, engineDiagnostics.create('inconsistent-result', facts, { subject: intent.address }));
  }
  return { wrong, notice: null };
}

function leavesItsPlace(
  { action, intended }: Intent,
  former: AppliedResource | undefined,
  type: ResourceTypeDefinition,
) {
  if (action !== 'replace' || former === undefined || intended === null) return false;
  return !type.isSamePlace?.(former.spec, intended.spec);
}

function referenceTo(address: Address, record: AppliedResource | undefined): readonly ObjectReference[] {
  return record === undefined ? [] : [{ address, type: record.type, spec: record.spec }];
}

/** At the former place of a replaced object nothing may be left, unless the new one stands there. */
function leftBehind(
  intent: Intent,
  seen: Observation | undefined,
  type: ResourceTypeDefinition,
  salt: string,
): string | null {
  if (seen === undefined || seen.state === 'absent') return null;
  return differenceFrom(intent, seen, type, salt) === null ? null : 'the former object is still there';
}

function typeOf({ types }: TargetRun, { type }: Intent): ResourceTypeDefinition {
  return types.get(type) ?? { type, canonical: (spec) => spec };
}

/** What is there instead, as the end of a sentence; null when it is as intended. */
function differenceFrom(
  { intended }: Intent,
  seen: Observation,
  type: ResourceTypeDefinition,
  salt: string,
): string | null {
  if (intended === null) return seen.state === 'absent' ? null : 'the object is still there';
  switch (seen.state) {
    case 'absent':
      return 'nothing is there';
    case 'malformed':
      return `what is there cannot be read (${seen.reason})`;
    case 'unreadable':
      return `it cannot be looked at (${seen.reason})`;
    case 'unasked':
      return `nobody could be asked for it (${seen.reason})`;
    case 'present':
      break;
    default:
      return seen satisfies never;
  }
  const observed = type.canonical(seen.spec);
  const expected = type.canonical(effectiveSpec(type.canonical(intended.spec), observed, intended.lifecycle.ignore));
  if (matchesRecord(observed, expected, { salt, digests: intended.secrets })) return null;
  if (type.diff && type.diff(observed, expected).length === 0) return null;
  return 'the object has other values';
}
