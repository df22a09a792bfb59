import { inParallel } from '../../host/in-parallel.ts';
import { listOf, type Manifest, mappingOf, ownerLabel, textOf } from '../../languages/kubernetes/index.ts';
import type { ApiClient } from './api-client.ts';
import { failureOf } from './api-failure.ts';
import type { ObjectPlace } from './object-place.ts';

/** An object as it is, that it is not there, or why it may not be looked at. */
export type Fetched =
  | { readonly kind: 'live'; readonly live: Manifest }
  | { readonly kind: 'absent' }
  | { readonly kind: 'hidden'; readonly reason: string };

/** From this many objects of a kind and namespace on, a list is faster than as many looks. */
const worthAList = 4;
const lookWidth = 24;
const pageSize = 500;

/**
 * Fetches objects in as few calls as there can be: those of one kind and namespace by a list of what carries our label.
 * What is not among them mostly is not there at all, which a list of names says. A user who may not list is shown each
 * object on its own.
 */
export async function fetchObjects(
  client: ApiClient,
  places: readonly ObjectPlace[],
  owner: string,
): Promise<ReadonlyMap<ObjectPlace, Fetched>> {
  const groups = [...Map.groupBy(places, ({ collection }) => collection)];
  const fetched = await inParallel(groups, lookWidth, async ([collection, ofGroup]) => {
    const listed = ofGroup.length < worthAList ? null : await listOwned(client, collection, owner);
    if (listed === null) return fetchEach(client, ofGroup);
    const missing = ofGroup.filter(({ identity }) => !listed.has(identity.name));
    const others = await fetchMissing(client, collection, missing);
    return ofGroup.map((place) => {
      const live = listed.get(place.identity.name);
      return [place, live === undefined ? (others.get(place) ?? absent) : ({ kind: 'live', live } as const)] as const;
    });
  });
  return new Map(fetched.flat());
}

const absent = { kind: 'absent' } as const;

async function fetchMissing(
  client: ApiClient,
  collection: string,
  places: readonly ObjectPlace[],
): Promise<ReadonlyMap<ObjectPlace, Fetched>> {
  const names = places.length < worthAList ? null : await listNames(client, collection);
  const toFetch = names === null ? places : places.filter(({ identity }) => names.has(identity.name));
  return new Map(await fetchEach(client, toFetch));
}

function fetchEach(
  client: ApiClient,
  places: readonly ObjectPlace[],
): Promise<readonly (readonly [ObjectPlace, Fetched])[]> {
  return inParallel(places, lookWidth, async (place) => [place, await fetchObject(client, place)] as const);
}

export async function fetchObject(client: ApiClient, { path, title }: ObjectPlace): Promise<Fetched> {
  const answer = await client.call({ method: 'GET', path });
  if (answer.status === 200) return { kind: 'live', live: answer.body };
  if (answer.status === 404) return absent;
  if (answer.status === 403) return { kind: 'hidden', reason: textOf(answer.body.message) };
  throw failureOf(title, answer);
}

/** Objects with our label, by name; null where this user may not list. */
async function listOwned(
  client: ApiClient,
  collection: string,
  owner: string,
): Promise<ReadonlyMap<string, Manifest> | null> {
  const items = await listAll(client, collection, { labelSelector: `${ownerLabel}=${owner}` });
  return items && new Map(items.map((live) => [nameOf(live), live]));
}

/** Names of all objects, without what is in them. */
async function listNames(client: ApiClient, collection: string): Promise<ReadonlySet<string> | null> {
  const items = await listAll(
    client,
    collection,
    {},
    'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  );
  return items && new Set(items.map(nameOf));
}

/** All pages of a list; null where it is not allowed. */
export async function listAll(
  client: ApiClient,
  collection: string,
  query: Readonly<Record<string, string>>,
  accept = 'application/json',
): Promise<readonly Manifest[] | null> {
  const items: Manifest[] = [];
  for (let next = ''; ; ) {
    const page = new URLSearchParams({ ...query, limit: String(pageSize), ...(next === '' ? {} : { continue: next }) });
    const answer = await client.call({ method: 'GET', path: `${collection}?${page}`, accept });
    if (answer.status === 403 || answer.status === 404) return null;
    // The list was so slow that its beginning is forgotten; in one piece it cannot be.
    if (answer.status === 410 && next !== '') return listWhole(client, collection, query, accept);
    if (answer.status !== 200) throw failureOf(`The list ${collection}`, answer);
    items.push(...listOf(answer.body.items).map(mappingOf));
    next = textOf(mappingOf(answer.body.metadata).continue);
    if (next === '') return items;
  }
}

async function listWhole(
  client: ApiClient,
  collection: string,
  query: Readonly<Record<string, string>>,
  accept: string,
): Promise<readonly Manifest[]> {
  const answer = await client.call({ method: 'GET', path: `${collection}?${new URLSearchParams(query)}`, accept });
  if (answer.status !== 200) throw failureOf(`The list ${collection}`, answer);
  return listOf(answer.body.items).map(mappingOf);
}

function nameOf(live: Manifest): string {
  return textOf(mappingOf(live.metadata).name);
}
