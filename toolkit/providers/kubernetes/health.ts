import { pollUntilHealthy } from '../../host/http/index.ts';
import { inParallel } from '../../host/in-parallel.ts';
import { objectStatus } from '../../languages/kubernetes/index.ts';
import type { Address, HealthReport, ObjectReference } from '../../model/index.ts';
import type { Cluster } from './cluster.ts';
import { type Fetched, fetchObjects } from './fetch-objects.ts';
import { placeOf } from './object-place.ts';

/** Waits until every object has become what it was declared to be, has failed for good, or the time is over. */
export async function waitForHealth(
  cluster: Cluster,
  references: readonly ObjectReference[],
  timeoutMs: number,
): Promise<readonly HealthReport[]> {
  return pollUntilHealthy<Address>({ ...cluster.context, timeoutMs }, () => look(cluster, references));
}

async function look(cluster: Cluster, references: readonly ObjectReference[]) {
  const { client, discovery, settings } = cluster;
  const placed = await inParallel(references, references.length, async ({ address, spec }) => ({
    address,
    place: await placeOf(spec, discovery, settings.namespace),
  }));
  const places = placed.flatMap(({ place }) => place ?? []);
  const fetched = await fetchObjects(client, places, settings.owner);
  return placed.map(({ address, place }) => ({
    address,
    ...healthOf(place === null ? undefined : fetched.get(place)),
  }));
}

function healthOf(fetched: Fetched | undefined) {
  if (fetched?.kind === 'hidden')
    return { healthy: false, isFinal: true, detail: `It cannot be looked at: ${fetched.reason}.` };
  if (fetched?.kind !== 'live') return { healthy: false, isFinal: true, detail: 'It is not there.' };
  const { state, reason } = objectStatus(fetched.live);
  const detail = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
  return { healthy: state === 'current', ...(state === 'failed' ? { isFinal: true } : {}), detail };
}
