import { type Address, addressFields, canonicalJson, type TargetIdentity } from '../model/index.ts';
import type { Decision } from './decision.ts';
import type { PlannedTarget } from './plan.ts';
import { planDiagnostics } from './plan-diagnostics.ts';

/**
 * A renamed resource without its alias looks like a new one, whose object is there already, and a removed one. When
 * both are seen as the same object in the same real system, removing the one would take the object from the other, so
 * this is refused. Content that says where it stands (a file name, a uid) is what makes two objects differ.
 */
export function refuseUnnamedRenames(
  decisions: readonly Decision[],
  targets: readonly PlannedTarget[],
): readonly Decision[] {
  if (!decisions.some(isFound)) return decisions;
  const realSystems = new Map(targets.map(({ stack, target, identity }) => [`${stack}/${target}`, identity]));
  const removed = new Map(
    decisions.filter(isRemoved).map((decision) => [objectKey(decision, realSystems), decision.pair.address]),
  );
  if (removed.size === 0) return decisions;
  return decisions.map((decision) => {
    const former = isFound(decision) ? removed.get(objectKey(decision, realSystems)) : undefined;
    return former === undefined ? decision : refuseRename(decision, former);
  });
}

/** Newly declared, and something is there already. */
function isFound({ pair, seen }: Decision): boolean {
  return pair.record === null && seen.state === 'present';
}

function isRemoved({ change, seen }: Decision): boolean {
  return change?.change.action === 'delete' && seen.state === 'present';
}

function objectKey({ pair, seen }: Decision, realSystems: ReadonlyMap<string, TargetIdentity>): string {
  const { type, target } = pair.desired ?? pair.record;
  const place = `${addressFields(pair.address).stack}/${target}`;
  const identity = realSystems.get(place) ?? {};
  const realSystem = Object.keys(identity).length === 0 ? place : canonicalJson(identity);
  return `${realSystem} ${type} ${seen.state === 'present' ? canonicalJson(seen.spec) : ''}`;
}

function refuseRename({ pair, seen, drift }: Decision, former: Address): Decision {
  const { address, desired } = pair;
  const occurrence = desired === null ? { subject: address } : { position: desired.source, subject: address };
  const finding = planDiagnostics.create('rename-without-alias', { address, former }, occurrence);
  return { pair, seen, drift, change: null, isRefused: true, findings: [finding] };
}
