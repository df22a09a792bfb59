import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../diagnostics/index.ts';
import {
  conditionOf,
  kindDefined,
  listOf,
  type Manifest,
  mappingOf,
  objectStatus,
  organisationLabel,
  otherOwner,
  ownerLabel,
  textOf,
} from '../../languages/kubernetes/index.ts';
import type { StagedChange } from '../../model/index.ts';
import type { ApiAnswer } from './api-client.ts';
import { failureOf } from './api-failure.ts';
import type { Cluster } from './cluster.ts';
import { kubernetesDiagnostics } from './diagnostics.ts';
import { fetchObject } from './fetch-objects.ts';
import { type ObjectPlace, placeOf, unknownKind } from './object-place.ts';
import { toWire } from './wire-form.ts';

type Write = Extract<StagedChange, { readonly kind: 'write' }>;

/**
 * Puts an object in place by server-side apply: what the manifest says becomes ours, what it no longer says and only we
 * held goes, everything else stays. Never forced, but where somebody has asked for it by adopting the object.
 */
export async function writeObject(cluster: Cluster, { spec, sensitive, takeOver }: Write): Promise<void> {
  const { settings, client } = cluster;
  const place = await knownPlaceOf(cluster, spec);
  if (takeOver) await refuseOtherOwner(cluster, place, spec);
  const query = new URLSearchParams({
    fieldManager: settings.fieldManager,
    force: String(takeOver === true),
    fieldValidation: 'Strict',
  });
  const answer = await client.call({
    method: 'PATCH',
    path: `${place.path}?${query}`,
    body: toWire(spec, place.identity.namespace, settings),
    contentType: 'application/apply-patch+yaml',
  });
  if (answer.status !== 200 && answer.status !== 201) {
    if (isAboutOwner(answer)) await refuseOtherOwner(cluster, place, spec);
    throw failureOf(place.title, answer, sensitive);
  }
  refuseLeaving(place, answer.body);
  if (kindDefined(spec) !== null) await untilServed(cluster, place, spec);
}

/** The place of an object whose kind may have come a moment ago. */
async function knownPlaceOf({ discovery, settings }: Cluster, spec: Manifest): Promise<ObjectPlace> {
  const place = await placeOf(spec, discovery, settings.namespace);
  if (place !== null) return place;
  discovery.forget(textOf(spec.apiVersion));
  const again = await placeOf(spec, discovery, settings.namespace);
  if (again === null) throw unknownKind(spec);
  return again;
}

function isAboutOwner({ body }: ApiAnswer): boolean {
  const causes = listOf(mappingOf(body.details).causes).map(mappingOf);
  return causes.some(({ field }) => [ownerLabel, organisationLabel].some((name) => textOf(field).includes(name)));
}

/** What a stack has put there, no other takes from it, not even when it is asked to adopt it. */
async function refuseOtherOwner({ client, settings }: Cluster, place: ObjectPlace, spec: Manifest): Promise<void> {
  const fetched = await fetchObject(client, place);
  const owner = fetched.kind === 'live' ? otherOwner(fetched.live, settings.owner, spec) : null;
  if (owner === null) return;
  throw new Failure(kubernetesDiagnostics.create('other-owner', { object: place.title, owner }));
}

/** The server takes changes of an object that is on its way out, and they go with it. */
function refuseLeaving({ title }: ObjectPlace, live: Manifest): void {
  if (mappingOf(live.metadata).deletionTimestamp === undefined) return;
  throw new Failure(kubernetesDiagnostics.create('leaving', { object: title, reason: objectStatus(live).reason }));
}

const pauseMs = 50;

/** A definition is worked through after it is taken: objects of its kind would be refused until then. */
async function untilServed(
  { client, discovery, settings, context }: Cluster,
  place: ObjectPlace,
  spec: Manifest,
): Promise<void> {
  const kind = kindDefined(spec)?.kind ?? '';
  const end = Date.now() + settings.timeoutMs;
  let reason = '';
  do {
    const fetched = await fetchObject(client, place);
    const live = fetched.kind === 'live' ? fetched.live : {};
    const status = objectStatus(live);
    reason = status.reason;
    if (status.state === 'failed') break;
    if (conditionOf(live, 'Established')?.status === 'True' && (await isServed(discovery, spec, kind))) return;
    await sleep(pauseMs);
  } while (Date.now() < end && !context.signal.aborted);
  throw new Failure(kubernetesDiagnostics.create('not-served', { object: place.title, kind, reason }));
}

async function isServed(discovery: Cluster['discovery'], spec: Manifest, kind: string): Promise<boolean> {
  const { group, versions } = mappingOf(spec.spec);
  const served = listOf(versions)
    .map(mappingOf)
    .filter((version) => version.served === true);
  for (const { name } of served) {
    const apiVersion = `${textOf(group)}/${textOf(name)}`;
    discovery.forget(apiVersion);
    if ((await discovery.find({ apiVersion, kind })) === null) return false;
  }
  return true;
}
