import { randomBytes, randomUUID } from 'node:crypto';
import { Failure } from '../../diagnostics/index.ts';
import {
  type Address,
  digestSecret,
  type JsonObject,
  type Observation,
  type ResourceTypeDefinition,
  replacingPointers,
  secretReferencesIn,
} from '../../model/index.ts';
import { diffFields } from '../../plan/diff-fields.ts';
import { effectiveSpec } from '../../plan/effective-spec.ts';
import { valueAt } from '../../plan/json-pointer.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { matchesRecord } from '../state/matches-record.ts';
import { resolveSecrets } from '../targets/resolve-secrets.ts';
import { readTarget } from '../targets/target-run.ts';
import { type DeclaredObject, outputsOf, propertiesOf, readObject, type WrittenObject } from './object-properties.ts';
import type { ObjectTargets, OpenedTarget } from './object-targets.ts';
import { pulumiDiagnostics } from './pulumi-diagnostics.ts';

/** What Pulumi's dynamic provider process asks of one kind of resource; the shape is its own. */
export interface DynamicProvider {
  check?(olds: JsonObject, news: JsonObject): Promise<CheckAnswer>;
  diff?(id: string, olds: JsonObject, news: JsonObject): Promise<DiffAnswer>;
  create(inputs: JsonObject): Promise<{ readonly id: string; readonly outs: JsonObject }>;
  read?(id: string, properties: JsonObject): Promise<{ readonly id: string; readonly props: JsonObject }>;
  update?(id: string, olds: JsonObject, news: JsonObject): Promise<{ readonly outs: JsonObject }>;
  delete?(id: string, properties: JsonObject): Promise<void>;
}

export interface CheckAnswer {
  readonly inputs: JsonObject;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export interface DiffAnswer {
  readonly changes: boolean;
  readonly replaces?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

/** Objects of every type, by the same providers that the embedded engine has: staged, committed, read back. */
export function createObjectProvider(targets: ObjectTargets): DynamicProvider {
  return {
    check: async (_olds, news) => checkObject(targets, news),
    diff: async (_id, olds, news) => diffObjects(targets, readObject(olds), news),
    async create(inputs) {
      const outs = await writeObject(targets, readObject(inputs), null);
      return { id: outs.address, outs: outputsOf(outs) };
    },
    async update(_id, olds, news) {
      return { outs: outputsOf(await writeObject(targets, readObject(news), readObject(olds))) };
    },
    read: async (id, properties) => await readBack(targets, id, readObject(properties)),
    delete: async (_id, properties) => await removeObject(targets, readObject(properties)),
  };
}

/** The record that a stack is known by: made once, and then never looked at. */
export function createStackProvider(): DynamicProvider {
  return {
    async create(inputs) {
      const birth = { lineage: randomUUID(), salt: randomBytes(32).toString('hex') };
      return { id: String(inputs['stack']), outs: { ...birth, ...inputs } };
    },
    // What was made stays: lineage and salt are in the outputs alone, unless a migration has brought them along.
    diff: async () => ({ changes: false }),
    update: async (_id, olds, news) => ({ outs: { ...olds, ...news } }),
    read: async (id, properties) => ({ id, props: properties }),
    async delete() {},
  };
}

/** The engine's word for a value that is not known before something else was made. */
const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

function checkObject(targets: ObjectTargets, news: JsonObject): CheckAnswer {
  if (JSON.stringify(news).includes(unknownValue)) return { inputs: news, failures: [] };
  const object = readObject(news);
  const failures = targets.validate(object).filter(({ severity }) => severity === 'error');
  if (failures.length > 0)
    return {
      inputs: news,
      failures: failures.map(({ summary, detail }) => ({ property: 'spec', reason: `${summary}. ${detail}` })),
    };
  const spec = targets.typeOf(object.type).canonical(object.spec);
  return { inputs: { ...news, ...propertiesOf({ ...object, spec }) }, failures: [] };
}

async function diffObjects(targets: ObjectTargets, olds: WrittenObject, properties: JsonObject): Promise<DiffAnswer> {
  if (JSON.stringify(properties).includes(unknownValue)) return { changes: true };
  const news = readObject(properties);
  const type = targets.typeOf(news.type);
  const before = type.canonical(olds.spec);
  const after = type.canonical(effectiveSpec(type.canonical(news.spec), before, news.lifecycle.ignore));
  const isElsewhere = olds.target !== news.target;
  const isOtherKind = replacingPointers(type, before, after).some(
    (pointer) => diffFields(valueAt(before, pointer) ?? null, valueAt(after, pointer) ?? null).length > 0,
  );
  if (isElsewhere || isOtherKind)
    return { changes: true, replaces: [isElsewhere ? 'target' : 'spec'], deleteBeforeReplace: true };
  const differs = olds.malformed !== null || differencesOf(type, before, after) > 0;
  return { changes: differs || (await isRotated(targets, olds, news)) };
}

function differencesOf(type: ResourceTypeDefinition, before: JsonObject, after: JsonObject): number {
  return (type.diff?.(before, after) ?? diffFields(before, after)).length;
}

/** A secret that cannot be had here, as in a preview without credentials, says nothing of itself. */
async function isRotated(targets: ObjectTargets, olds: WrittenObject, news: DeclaredObject): Promise<boolean> {
  const { salt } = news;
  if (salt === null) return false;
  for (const reference of secretReferencesIn(news.spec)) {
    const value = await targets.resolveSecret(reference).catch(() => null);
    if (value !== null && digestSecret(salt, value) !== olds.secrets[reference]) return true;
  }
  return false;
}

async function writeObject(
  targets: ObjectTargets,
  object: DeclaredObject,
  former: WrittenObject | null,
): Promise<WrittenObject> {
  const opened = await targets.open(object);
  const type = targets.typeOf(object.type);
  const found = await lookAt(opened, former ?? object);
  const observed = found.state === 'present' ? type.canonical(found.spec) : null;
  const spec = type.canonical(effectiveSpec(type.canonical(object.spec), observed, object.lifecycle.ignore));
  const isInPlace = observed !== null && differencesOf(type, observed, spec) === 0;
  if (former === null && !isInPlace) refuseInTheWay(targets, object, found);
  const { salt } = object;
  const references = secretReferencesIn(spec);
  if (references.length > 0 && salt === null) throw new Error(`Bug: ${object.address} names secrets and has no salt.`);
  const resolved = await resolveSecrets(spec, salt ?? '', targets.resolveSecret);
  if (!isInPlace) {
    const { address, type: name } = object;
    const isSensitive = references.length > 0;
    await opened.queue.submit({
      kind: 'write',
      address,
      type: name,
      spec: resolved.spec,
      ...(isSensitive && { sensitive: true }),
    });
    await mustBe(opened, type, object.address, spec, { salt: salt ?? '', digests: resolved.digests });
  }
  return { ...object, spec, secrets: resolved.digests, identity: opened.run.identity, malformed: null };
}

/** Something that nobody has recorded stands there: it may be somebody else's. */
function refuseInTheWay(targets: ObjectTargets, { address, target }: DeclaredObject, found: Observation): void {
  if (found.state === 'absent' || targets.adopted.has(address)) return;
  // Who does not answer says so again, and why, when the object is to be made.
  if (found.state === 'unasked') return;
  throw new Failure(pulumiDiagnostics.create('in-the-way', { address, target }, { subject: address }));
}

async function removeObject(targets: ObjectTargets, object: WrittenObject): Promise<void> {
  if (targets.released.has(object.address)) return;
  const opened = await targets.open(object);
  const { address, type, spec } = object;
  const found = await lookAt(opened, object);
  if (found.state === 'absent') return;
  await opened.queue.submit({ kind: 'remove', address, type, spec });
  const left = await lookAt(opened, object);
  if (left.state !== 'absent') throw inconsistent(object, 'the object is still there');
}

async function readBack(
  targets: ObjectTargets,
  id: string,
  object: WrittenObject,
): Promise<{ readonly id: string; readonly props: JsonObject }> {
  const found = await lookAt(await targets.open(object), object);
  switch (found.state) {
    case 'absent':
      return { id: '', props: outputsOf(object) };
    case 'present': {
      const spec = targets.typeOf(object.type).canonical(found.spec);
      return { id, props: outputsOf({ ...object, spec, malformed: null }) };
    }
    case 'malformed':
      return { id, props: outputsOf({ ...object, malformed: found.reason }) };
    case 'unreadable':
    case 'unasked':
      throw new Failure(pulumiDiagnostics.create('unreadable', { address: object.address, reason: found.reason }));
    default:
      return found satisfies never;
  }
}

async function lookAt({ run }: OpenedTarget, { address, type, spec }: DeclaredObject): Promise<Observation> {
  const seen = await readTarget(run, [{ address, type, spec }]);
  const found = seen.get(address);
  if (found === undefined) throw new Error(`Bug: ${address} was asked for, and not in the answer.`);
  return found;
}

/** A target, or something else that writes there, may not have done what was asked. */
async function mustBe(
  opened: OpenedTarget,
  type: ResourceTypeDefinition,
  address: Address,
  spec: JsonObject,
  secrets: { readonly salt: string; readonly digests: Readonly<Record<string, string>> },
): Promise<void> {
  const seen = await lookAt(opened, { address, type: type.type, spec } as DeclaredObject);
  if (seen.state !== 'present') throw inconsistent({ address, target: opened.run.target }, `it is ${seen.state}`);
  const observed = type.canonical(seen.spec);
  if (matchesRecord(observed, spec, secrets) || differencesOf(type, observed, spec) === 0) return;
  throw inconsistent({ address, target: opened.run.target }, 'the object has other values');
}

function inconsistent(object: { readonly address: Address; readonly target: string }, found: string): Failure {
  const facts = { address: object.address, target: object.target, found };
  return new Failure(engineDiagnostics.create('inconsistent-result', facts, { subject: object.address }));
}
