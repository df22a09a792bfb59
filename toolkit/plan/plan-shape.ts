import {
  addressOfChange,
  type Change,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseAddress,
} from '../model/index.ts';
import type { Plan, PlannedChange } from './plan.ts';

/**
 * What is wrong with the shape of a plan that was read, or null. A digest has no key, so a forged file may have a right
 * one; this keeps such a file from being more than a plan that somebody would still have to approve by that digest.
 */
export function findShapeFault(content: JsonObject): string | null {
  const fault = faultOf(content, planShape, 'the plan');
  if (fault !== null) return fault;
  const { changes } = content as unknown as Plan;
  return faultInOrder(changes);
}

/** A required field by name and kind; `?` marks one that may be absent. Objects and lists of them are described inline. */
type Shape =
  | 'text'
  | 'number'
  | 'flag'
  | 'object'
  | 'address'
  | 'texts'
  | 'addresses'
  | 'list'
  | { readonly [field: string]: Shape }
  | readonly [Shape];

const resource = {
  address: 'address',
  type: 'text',
  target: 'text',
  spec: 'object',
  dependsOn: 'addresses',
  owner: 'text',
  lifecycle: { protect: 'flag', ignore: 'texts', retainOnDelete: 'flag' },
} as const satisfies Shape;

const desired = {
  ...resource,
  aliases: 'addresses',
  source: { file: 'text', line: 'number', column: 'number' },
  derivation: 'list',
  parts: 'list',
  clauses: 'texts',
} as const satisfies Shape;
const applied = { ...resource, secrets: 'object' } as const satisfies Shape;
const observed = { address: 'address', type: 'text', target: 'text', spec: 'object' } as const satisfies Shape;
const fields = [{ pointer: 'text' }] as const satisfies Shape;

const changeShapes: Readonly<Record<Change['action'], Shape>> = {
  create: { desired },
  update: { desired, observed, fields },
  replace: { desired, observed, forcedBy: fields },
  delete: { observed, applied },
  adopt: { desired, observed, fields },
  forget: { applied },
  'no-op': { desired },
};

const planShape: Shape = {
  environment: 'text',
  offline: 'flag',
  stacks: [{ stack: 'text', lineage: 'text', serial: 'number', stateDigest: 'text' }],
  inputs: { content: 'text', bindings: 'text', policies: 'text', program: 'text' },
  targets: [{ stack: 'text', target: 'text', provider: 'text', identity: 'object' }],
  changes: [
    {
      address: 'address',
      change: { action: 'text' },
      cause: { kind: 'text' },
      explanation: 'text',
      waitsFor: 'addresses',
    },
  ],
  unchanged: 'addresses',
  drift: [{ address: 'address', kind: 'text', fields, detail: 'text' }],
  unmanaged: [{ stack: 'text', target: 'text', type: 'text', name: 'text', location: 'text' }],
  owed: [{ address: 'address', action: 'text', reason: 'text' }],
  uncommitted: [{ stack: 'text', target: 'text' }],
  running: [{ stack: 'text', target: 'text', running: { state: 'text' } }],
  brakes: [{ kind: 'text', addresses: 'addresses', detail: 'text', lift: 'text' }],
  findings: [{ code: 'text', severity: 'text', summary: 'text', detail: 'text', hint: 'text' }],
  selection: { stacks: 'texts', targets: 'texts', exclude: 'texts' },
  digest: 'text',
};

function faultOf(value: JsonValue | undefined, shape: Shape, name: string): string | null {
  if (typeof shape === 'string') return matchesKind(value, shape) ? null : `${name} should be ${kindNames[shape]}`;
  if (isList(shape)) return faultOfList(value, shape[0], name);
  if (!isJsonObject(value)) return `${name} should be ${kindNames.object}`;
  for (const [field, fieldShape] of Object.entries(shape)) {
    const fault = faultOf(Object.hasOwn(value, field) ? value[field] : undefined, fieldShape, `${name}: ${field}`);
    if (fault !== null) return fault;
  }
  return null;
}

function isList(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function faultOfList(value: JsonValue | undefined, shape: Shape, name: string): string | null {
  if (!Array.isArray(value)) return `${name} should be ${kindNames.list}`;
  for (const [index, element] of value.entries()) {
    const fault = faultOf(element, shape, `${name} ${index}`);
    if (fault !== null) return fault;
  }
  return null;
}

type Kind = Extract<Shape, string>;

const kindNames: Readonly<Record<Kind, string>> = {
  text: 'a text',
  number: 'a number',
  flag: 'true or false',
  object: 'an object',
  address: 'an address',
  texts: 'a list of texts',
  addresses: 'a list of addresses',
  list: 'a list',
};

function matchesKind(value: JsonValue | undefined, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'object':
      return isJsonObject(value);
    case 'address':
      return typeof value === 'string' && parseAddress(value) !== null;
    case 'texts':
      return Array.isArray(value) && value.every((element) => typeof element === 'string');
    case 'addresses':
      return Array.isArray(value) && value.every((element) => matchesKind(element, 'address'));
    case 'list':
      return Array.isArray(value);
    default:
      return kind satisfies never;
  }
}

/** Each change is about the object that it is listed as, once, and stands after all that it waits for. */
function faultInOrder(changes: readonly PlannedChange[]): string | null {
  const done = new Set<string>();
  for (const planned of changes) {
    const fault = faultOfChange(planned, done);
    if (fault !== null) return fault;
    done.add(planned.address);
  }
  return null;
}

function faultOfChange(
  { address, change, applied: record, waitsFor }: PlannedChange,
  done: ReadonlySet<string>,
): string | null {
  const { action } = change;
  if (!Object.hasOwn(changeShapes, action)) return `${address}: ${action} is no action`;
  const fault = faultOf(change as unknown as JsonObject, changeShapes[action], `the change of ${address}`);
  if (fault !== null) return fault;
  if (record !== null && faultOf(record as unknown as JsonValue, applied, '') !== null)
    return `${address}: the record is no record`;
  if (addressOfChange(change) !== address) return `the change of ${address} is about ${addressOfChange(change)}`;
  if (done.has(address)) return `${address} is listed twice`;
  const early = waitsFor.find((other) => !done.has(other));
  return early === undefined ? null : `${address} stands before ${early}, which it waits for`;
}
