import { type Address, type AppliedResource, isJsonObject, type JsonValue, parseAddress } from '../../model/index.ts';

/** A record as read from a file: itself, or what is wrong with it. */
export type CheckedResource =
  | { readonly ok: true; readonly resource: AppliedResource }
  | { readonly ok: false; readonly address: string; readonly problem: string };

export function checkAppliedResource(value: JsonValue, stack: string): CheckedResource {
  if (!isJsonObject(value)) return { ok: false, address: '(no address)', problem: 'no fields' };
  const address = typeof value['address'] === 'string' ? value['address'] : '(no address)';
  const problem = problemOf(value as Record<keyof AppliedResource, JsonValue>, address, stack);
  if (problem !== null) return { ok: false, address, problem };
  return { ok: true, resource: value as unknown as AppliedResource };
}

function problemOf(value: Record<keyof AppliedResource, JsonValue>, address: string, stack: string): string | null {
  if (parseAddress(address) === null) return 'an address that is none';
  const [ofStack, ofType] = address.split('/');
  if (ofStack !== stack) return `an address of another stack, ${ofStack}`;
  if (value.type !== ofType) return 'a type that its address does not have';
  if (typeof value.target !== 'string' || value.target === '') return 'no target';
  if (typeof value.owner !== 'string') return 'no owner';
  if (!isJsonObject(value.spec)) return 'no spec';
  if (!isJsonObject(value.secrets) || !Object.values(value.secrets).every(isText)) return 'no digests of its secrets';
  if (!Array.isArray(value.dependsOn) || !value.dependsOn.every(isAddress)) return 'dependencies that are no addresses';
  return isLifecycle(value.lifecycle) ? null : 'no life cycle';
}

function isLifecycle(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const { protect, retainOnDelete, ignore } = value;
  return (
    typeof protect === 'boolean' && typeof retainOnDelete === 'boolean' && Array.isArray(ignore) && ignore.every(isText)
  );
}

function isAddress(value: JsonValue): value is Address {
  return typeof value === 'string' && parseAddress(value) !== null;
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string';
}
