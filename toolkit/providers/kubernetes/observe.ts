import { inParallel } from '../../host/in-parallel.ts';
import {
  decodeSecretData,
  type FieldManager,
  type FieldOwnership,
  fieldManagers,
  heldPointers,
  inWordsOf,
  isSecret,
  type Manifest,
  mappingOf,
  mergeTrees,
  objectStatus,
  organisationLabel,
  otherOwner,
  ownerLabel,
  projectFields,
  sameValue,
  textOf,
  withoutField,
} from '../../languages/kubernetes/index.ts';
import {
  type Address,
  isJsonObject,
  isSecretReference,
  type JsonObject,
  type JsonValue,
  type ObjectReference,
  type Observation,
  putBackReferences,
} from '../../model/index.ts';
import type { Cluster } from './cluster.ts';
import { type Fetched, fetchObjects } from './fetch-objects.ts';
import { type ObjectPlace, placeOf } from './object-place.ts';
import { fromWire, toWire } from './wire-form.ts';

const trialWidth = 16;

/** Looks at many objects, each as far as its manifest goes. */
export async function observeObjects(
  cluster: Cluster,
  references: readonly ObjectReference[],
): Promise<ReadonlyMap<Address, Observation>> {
  const { client, discovery, settings } = cluster;
  const placed = await inParallel(references, references.length, async (reference) => ({
    reference,
    place: await placeOf(reference.spec, discovery, settings.namespace),
  }));
  const fetched = await fetchObjects(
    client,
    placed.flatMap(({ place }) => place ?? []),
    settings.owner,
  );
  const observations = await inParallel(placed, trialWidth, async ({ reference, place }) => {
    // Of a kind that nobody serves there is no object.
    const found = place === null ? undefined : fetched.get(place);
    if (place === null || found === undefined) return [reference.address, { state: 'absent' }] as const;
    return [reference.address, await observationOf(cluster, reference, place, found)] as const;
  });
  return new Map(observations);
}

async function observationOf(
  cluster: Cluster,
  { spec }: ObjectReference,
  place: ObjectPlace,
  fetched: Fetched,
): Promise<Observation> {
  if (fetched.kind === 'absent') return { state: 'absent' };
  if (fetched.kind === 'hidden') return { state: 'unreadable', reason: fetched.reason };
  const { live } = fetched;
  const other = otherOwner(live, cluster.settings.owner, spec);
  if (other !== null)
    return {
      state: 'unreadable',
      reason: `it belongs to the stack ${other}, as its labels ${ownerLabel} and ${organisationLabel} say`,
    };
  const seen = await inOurWords(cluster, spec, place, live);
  const [heldBy, leaving] = [heldByOthers(live, spec, cluster), leavingOf(live)];
  return {
    state: 'present',
    spec: seen,
    ...(Object.keys(heldBy).length === 0 ? {} : { heldBy }),
    ...(leaving === null ? {} : { leaving }),
  };
}

/**
 * The live object as far as its manifest and our fields go. Where it differs, the server itself is asked what it would
 * make of the manifest: it knows that `0.5` is `500m`, and what it would not change is no difference.
 */
async function inOurWords(cluster: Cluster, spec: JsonObject, place: ObjectPlace, live: Manifest): Promise<JsonObject> {
  const ownership = ownershipOf(live, spec, cluster);
  const wanted = decodeSecretData(spec);
  const project = (object: Manifest) => {
    const projected = projectFields(fromWire(object, spec), wanted, ownership);
    return putBackReferences(projected, wanted, cluster.context.resolveSecret);
  };
  const seen = await project(live);
  if (sameValue(seen, wanted)) return wanted;
  const applied = await tryToApply(cluster, spec, place);
  if (applied === null) return seen;
  // One form of both, so that only what the server would change is left.
  return inWordsOf(wanted, seen, await project(applied)) as JsonObject;
}

function ownershipOf(live: Manifest, spec: Manifest, { settings }: Cluster): FieldOwnership {
  const managers = managersOf(live, spec);
  const own = managers.filter(({ name }) => name === settings.fieldManager).map(({ tree }) => tree);
  return {
    own: notDeclared.reduce(withoutField, mergeTrees(own)),
    all: mergeTrees(managers.map(({ tree }) => tree)),
  };
}

/** Ours, and in no manifest, or in none from before there was such a label: our labels, and what the engine of Pulumi tells its provider, which stays when it hands over. */
const notDeclared: readonly (readonly string[])[] = [
  ...[ownerLabel, organisationLabel].map((name) => ['metadata', 'labels', name]),
  ...['patchFieldManager', 'patchForce', 'deletionPropagationPolicy'].map((name) => [
    'metadata',
    'annotations',
    `pulumi.com/${name}`,
  ]),
];

/** Data of a Secret are compared as texts, so who holds them is asked by that name too. */
function managersOf(live: Manifest, spec: Manifest): readonly FieldManager[] {
  const managers = fieldManagers(live).filter(({ subresource }) => subresource !== 'status');
  if (!isSecret(spec)) return managers;
  return managers.map((manager) => {
    const data = manager.tree.fields.get('data');
    if (data === undefined) return manager;
    const fields = new Map([...manager.tree.fields, ['stringData', data] as const]);
    return { ...manager, tree: { ...manager.tree, fields } };
  });
}

/** What the object would be if the manifest were applied; null where the server does not let itself be asked. */
async function tryToApply(cluster: Cluster, spec: JsonObject, place: ObjectPlace): Promise<Manifest | null> {
  const { client, settings, context } = cluster;
  const resolved = await resolveReferences(spec, context.resolveSecret);
  // A trial takes nothing from anybody, so it may be forced: the question is what would be, not who may.
  const query = new URLSearchParams({ fieldManager: settings.fieldManager, force: 'true', dryRun: 'All' });
  const answer = await client.call({
    method: 'PATCH',
    path: `${place.path}?${query}`,
    body: toWire(resolved as Manifest, place.identity.namespace, settings),
    contentType: 'application/apply-patch+yaml',
  });
  return answer.status === 200 ? answer.body : null;
}

async function resolveReferences(
  value: JsonValue,
  resolve: (reference: string) => Promise<string>,
): Promise<JsonValue> {
  if (isSecretReference(value)) return await resolve(value.$secret);
  if (Array.isArray(value)) return await Promise.all(value.map((one: JsonValue) => resolveReferences(one, resolve)));
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(value).map(async ([name, inside]) => [name, await resolveReferences(inside, resolve)]);
  return Object.fromEntries(await Promise.all(fields)) as JsonObject;
}

/** Fields of the manifest that somebody else holds, and we do not. */
function heldByOthers(live: Manifest, spec: JsonObject, { settings }: Cluster): Readonly<Record<string, string>> {
  if (settings.reconciledBy !== null) return {};
  const managers = fieldManagers(live).filter(({ subresource }) => subresource !== 'status');
  const others = managers.filter(({ name }) => name !== settings.fieldManager);
  if (others.length === 0) return {};
  return Object.fromEntries(
    others.flatMap(({ name, tree }) => heldPointers(tree, spec).map((pointer) => [pointer, name])),
  );
}

function leavingOf(live: Manifest): string | null {
  const { deletionTimestamp } = mappingOf(live.metadata);
  return deletionTimestamp === undefined ? null : `${objectStatus(live).reason}, since ${textOf(deletionTimestamp)}`;
}
