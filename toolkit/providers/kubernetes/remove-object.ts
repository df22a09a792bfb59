import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../diagnostics/index.ts';
import {
  listOf,
  type Manifest,
  mappingOf,
  objectStatus,
  otherOwner,
  textOf,
} from '../../languages/kubernetes/index.ts';
import { failureOf } from './api-failure.ts';
import type { Cluster } from './cluster.ts';
import { kubernetesDiagnostics } from './diagnostics.ts';
import { fetchObject } from './fetch-objects.ts';
import { type ObjectPlace, placeOf } from './object-place.ts';

/**
 * Deletes the object that was looked at, and no other of its name, with all that it made, and waits until it is gone:
 * what comes after may need its name. What keeps it is told by name.
 */
export async function removeObject(cluster: Cluster, spec: Manifest): Promise<void> {
  const { client, discovery, settings } = cluster;
  const place = await placeOf(spec, discovery, settings.namespace);
  if (place === null) return;
  const fetched = await fetchObject(client, place);
  if (fetched.kind === 'absent') return;
  if (fetched.kind === 'hidden')
    throw new Failure(kubernetesDiagnostics.create('forbidden', { object: place.title, said: fetched.reason }));
  const { live } = fetched;
  const owner = otherOwner(live, settings.owner, spec);
  if (owner !== null) throw new Failure(kubernetesDiagnostics.create('other-owner', { object: place.title, owner }));
  const uid = textOf(mappingOf(live.metadata).uid);
  const isLeaving = mappingOf(live.metadata).deletionTimestamp !== undefined;
  if (!isLeaving && (await deleteByUid(cluster, place, uid))) return;
  await untilGone(cluster, place, uid);
}

/** True when it is gone at once. */
async function deleteByUid({ client }: Cluster, place: ObjectPlace, uid: string): Promise<boolean> {
  const answer = await client.call({
    method: 'DELETE',
    path: place.path,
    body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', preconditions: { uid } },
  });
  if (answer.status === 404) return true;
  // Another one of that name stands there by now: ours is gone, and that one is somebody else's.
  if (answer.status === 409 && /uid/i.test(textOf(answer.body.message))) return true;
  if (answer.status !== 200 && answer.status !== 202) throw failureOf(place.title, answer);
  return answer.body.kind === 'Status';
}

const firstPauseMs = 50;
const longestPauseMs = 1000;

async function untilGone({ client, settings, context }: Cluster, place: ObjectPlace, uid: string): Promise<void> {
  const end = Date.now() + settings.deletionTimeoutMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const fetched = await fetchObject(client, place);
    if (fetched.kind !== 'live' || mappingOf(fetched.live.metadata).uid !== uid) return;
    const leftMs = end - Date.now();
    if (leftMs <= 0 || context.signal.aborted) throw hangs(place, fetched.live, settings.deletionTimeoutMs);
    context.report(`${place.title}: ${objectStatus(fetched.live).reason}`);
    await sleep(Math.min(pauseMs, leftMs), undefined, { signal: context.signal }).catch(() => undefined);
  }
}

function hangs({ title }: ObjectPlace, live: Manifest, timeoutMs: number): Failure {
  // A namespace says what is still in it; everything else only says who holds it.
  const left = listOf(mappingOf(live.status).conditions)
    .map(mappingOf)
    .filter(({ status, type }) => status === 'True' && /Remaining|Failure/.test(textOf(type)))
    .map(({ message }) => textOf(message));
  const finalizers = [...listOf(mappingOf(live.metadata).finalizers), ...listOf(mappingOf(live.spec).finalizers)];
  const names = finalizers.map(textOf).join(', ');
  const held = names === '' ? objectStatus(live).reason : `it is held by the finalizer ${names}`;
  const facts = { object: title, seconds: timeoutMs / 1000, reason: [held, ...left].join('; ') };
  return new Failure(kubernetesDiagnostics.create('deletion-hangs', facts));
}
