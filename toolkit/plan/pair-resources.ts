import { compareSpans, type Diagnostic } from '../diagnostics/index.ts';
import {
  type Address,
  type AppliedResource,
  addressFields,
  canonicalJson,
  type JsonValue,
  type Resource,
} from '../model/index.ts';
import { planDiagnostics } from './plan-diagnostics.ts';

/** One object of the plan: what is declared of it and what the state remembers of it; one of them is there. */
export type ResourcePair =
  | { readonly address: Address; readonly desired: Resource; readonly record: AppliedResource | null }
  | { readonly address: Address; readonly desired: null; readonly record: AppliedResource };

export interface PairedResources {
  /** In order of address, each address once. */
  readonly pairs: readonly ResourcePair[];
  readonly findings: readonly Diagnostic[];
}

/**
 * Finds the record of each declaration: under its address, else under the one alias that the state knows. What is
 * wrong with an alias is reported and the alias left out of account, so that the rest can still be planned and shown.
 */
export function pairResources(declared: readonly Resource[], records: readonly AppliedResource[]): PairedResources {
  const findings: Diagnostic[] = [];
  const desired = uniqueByAddress([...declared].sort(inOrderOfAddress), findings);
  const byAddress = new Map(records.map((record) => [record.address, record]));
  const aliases = claimedAliases(desired, findings);
  const claimed = new Set<Address>();
  const known = new Set(records.map(({ address }) => addressFields(address).stack));
  const pairs: ResourcePair[] = [];
  for (const resource of desired.values()) {
    const record = byAddress.get(resource.address) ?? formerRecord(resource, byAddress, aliases, findings);
    if (record) claimed.add(record.address);
    else if (known.has(addressFields(resource.address).stack)) findings.push(...unknownAliases(resource, aliases));
    pairs.push({ address: resource.address, desired: resource, record });
  }
  for (const record of byAddress.values()) {
    if (!claimed.has(record.address)) pairs.push({ address: record.address, desired: null, record });
  }
  return { pairs: pairs.sort(byPairAddress), findings };
}

function byPairAddress(left: ResourcePair, right: ResourcePair): number {
  return left.address < right.address ? -1 : 1;
}

/** Where two have one address, their place in the sources decides which is first, whatever order they came in. */
function inOrderOfAddress(left: Resource, right: Resource): number {
  if (left.address !== right.address) return left.address < right.address ? -1 : 1;
  return compareSpans(left.source, right.source) || (contentOf(left) < contentOf(right) ? -1 : 1);
}

function contentOf(resource: Resource): string {
  return canonicalJson(resource as unknown as JsonValue);
}

function uniqueByAddress(declared: readonly Resource[], findings: Diagnostic[]): ReadonlyMap<Address, Resource> {
  const unique = new Map<Address, Resource>();
  for (const resource of declared) {
    const first = unique.get(resource.address);
    if (first === undefined) {
      unique.set(resource.address, resource);
      continue;
    }
    const facts = { address: resource.address, other: first.source };
    findings.push(planDiagnostics.create('duplicate-address', facts, occurrenceOf(resource)));
  }
  return unique;
}

/** Which resource each alias belongs to; of several, the first by address. */
function claimedAliases(
  desired: ReadonlyMap<Address, Resource>,
  findings: Diagnostic[],
): ReadonlyMap<Address, Address> {
  const owners = new Map<Address, Resource>();
  for (const resource of desired.values()) {
    for (const alias of new Set(resource.aliases)) {
      const trouble = troubleWithAlias(resource, alias, desired);
      if (trouble !== null) {
        findings.push(planDiagnostics.create(trouble, { address: resource.address, alias }, occurrenceOf(resource)));
        continue;
      }
      const owner = owners.get(alias);
      if (owner === undefined) {
        owners.set(alias, resource);
        continue;
      }
      const facts = { address: resource.address, alias, other: owner.address };
      findings.push(planDiagnostics.create('alias-claimed-twice', facts, occurrenceOf(resource)));
    }
  }
  return new Map([...owners].map(([alias, owner]) => [alias, owner.address]));
}

function troubleWithAlias(
  resource: Resource,
  alias: Address,
  desired: ReadonlyMap<Address, Resource>,
): 'alias-elsewhere' | 'alias-still-declared' | null {
  if (alias !== resource.address && desired.has(alias)) return 'alias-still-declared';
  const [former, present] = [addressFields(alias), addressFields(resource.address)];
  return former.stack === present.stack && former.type === present.type ? null : 'alias-elsewhere';
}

function formerRecord(
  resource: Resource,
  records: ReadonlyMap<Address, AppliedResource>,
  aliases: ReadonlyMap<Address, Address>,
  findings: Diagnostic[],
): AppliedResource | null {
  const known = [...new Set(resource.aliases)]
    .filter((alias) => aliases.get(alias) === resource.address)
    .flatMap((alias) => records.get(alias) ?? []);
  if (known.length > 1) {
    const facts = { address: resource.address, known: known.map((record) => record.address) };
    findings.push(planDiagnostics.create('alias-ambiguous', facts, occurrenceOf(resource)));
  }
  return known[0] ?? null;
}

/** Of a stack that was applied here, one of the two names is in the state, whether the rename was applied yet or not. */
function unknownAliases(resource: Resource, owners: ReadonlyMap<Address, Address>): readonly Diagnostic[] {
  const { address } = resource;
  const aliases = resource.aliases.filter((alias) => owners.get(alias) === address);
  return aliases.length === 0
    ? []
    : [planDiagnostics.create('alias-unknown', { address, aliases }, occurrenceOf(resource))];
}

function occurrenceOf(resource: Resource) {
  return { position: resource.source, subject: resource.address };
}
