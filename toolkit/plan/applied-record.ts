import { type AppliedResource, type JsonValue, jsonEquals, type Resource } from '../model/index.ts';

/**
 * What a state remembers of a resource once it is in place. `resource` is the `desired` of a planned change, whose spec
 * is what was written; `secrets` are the salted digests of the values behind its references.
 */
export function appliedRecord(resource: Resource, secrets: Readonly<Record<string, string>>): AppliedResource {
  return {
    address: resource.address,
    type: resource.type,
    target: resource.target,
    spec: resource.spec,
    secrets,
    dependsOn: [...new Set(resource.dependsOn)].sort(),
    lifecycle: resource.lifecycle,
    owner: resource.owner,
  };
}

/** What would change in the record besides address, spec and secrets, which are compared on their own. */
export function changedRecordFields(desired: Resource, record: AppliedResource): readonly string[] {
  const changed: string[] = [];
  if (!isSameSet(desired.dependsOn, record.dependsOn)) changed.push('dependsOn');
  if (!jsonEquals(desired.lifecycle.ignore, record.lifecycle.ignore)) changed.push('lifecycle.ignore');
  if (desired.lifecycle.protect !== record.lifecycle.protect) changed.push('lifecycle.protect');
  if (desired.lifecycle.retainOnDelete !== record.lifecycle.retainOnDelete) changed.push('lifecycle.retainOnDelete');
  if (desired.owner !== record.owner) changed.push('owner');
  return changed;
}

function isSameSet(left: readonly JsonValue[], right: readonly JsonValue[]): boolean {
  if (left.length === 0 && right.length === 0) return true;
  const [one, other] = [new Set(left), new Set(right)];
  return one.size === other.size && one.isSubsetOf(other);
}
