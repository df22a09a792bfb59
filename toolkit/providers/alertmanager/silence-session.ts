import { Failure } from '../../diagnostics/index.ts';
import type { HttpClient, Server } from '../../host/http/index.ts';
import { type ApiMatcher, printApiMatcher } from '../../languages/alert-routing/index.ts';
import {
  type Address,
  type DiscoveredObject,
  type HealthReport,
  type JsonObject,
  jsonEquals,
  type ObjectReference,
  type Observation,
  type StagedChange,
} from '../../model/index.ts';
import {
  apiSilence,
  canonicalSilence,
  hasMatchers,
  idOf,
  isOver,
  type LiveSilence,
  markedId,
  silenceNeeds,
  silenceSpec,
  silenceType,
} from './silence.ts';
import { expireSilence, liveSilences, postSilence } from './silence-api.ts';
import { widthOf } from './wide-silence.ts';

/** The part of a session that is about silences: objects of the API beside the files of the same target. */
export interface SilenceSession {
  readMany(references: readonly ObjectReference[]): Promise<ReadonlyMap<Address, Observation>>;
  stage(change: StagedChange): void;
  readonly staged: number;
  /** Does all that is staged, or nothing of it. */
  put(): Promise<SilencesPut>;
  discover(managed: readonly ObjectReference[]): Promise<readonly DiscoveredObject[]>;
  health(references: readonly ObjectReference[]): Promise<readonly HealthReport[]>;
}

export type SilencesPut =
  /** `takeBack` makes it as it was, where what belongs to it is refused. */
  | { readonly accepted: true; readonly count: number; takeBack(): Promise<void> }
  | { readonly accepted: false; readonly reason: string; readonly blamed: readonly Address[] };

export function openSilences(server: Server | null, now: () => number = Date.now): SilenceSession {
  const staged: StagedChange[] = [];
  return {
    async readMany(references) {
      if (references.length === 0) return new Map();
      const asked = await askSilences(server);
      if ('because' in asked)
        return new Map(references.map(({ address, spec }) => [address, unseen(spec, now(), asked.because)]));
      const { live } = asked;
      const claimed = new Set<string>();
      const sorted = references.toSorted((left, right) => (left.address < right.address ? -1 : 1));
      return new Map(
        sorted.map(({ address, spec }) => {
          const found = findLive(live, spec, claimed);
          for (const { id } of found) claimed.add(id);
          return [address, observationOf(found, spec, now())];
        }),
      );
    },
    stage: (change) => void staged.push(change),
    get staged() {
      return staged.length;
    },
    async put() {
      const changes = staged.splice(0);
      if (server === null) return { accepted: false, reason: noServer, blamed: changes.map(addressOf) };
      return await putAll(changes, server, now());
    },
    async discover(managed) {
      const asked = await askSilences(server);
      // Whether one is missing is told where the declared ones are looked at.
      if ('because' in asked) return [];
      const { live } = asked;
      const ours = new Set(managed.flatMap(({ spec }) => findLive(live, spec, new Set()).map(({ id }) => id)));
      return live.filter(({ id }) => !ours.has(id)).map((silence) => discovered(silence, now()));
    },
    async health(references) {
      if (references.length === 0) return [];
      const asked = await askSilences(server);
      return references.map(({ address, spec }) =>
        'because' in asked
          ? { address, healthy: isOver(spec, now()), detail: asked.because }
          : healthOf(address, spec, findLive(asked.live, spec, new Set())[0], now()),
      );
    },
  };
}

const noServer = `Alertmanager keeps silences itself, and the binding has no \`${silenceNeeds.setting}\` to ask it.`;

/** All that are in force or to come; or why nobody knows: then nothing is concluded, because all might still be there. */
async function askSilences(
  server: Server | null,
): Promise<{ readonly live: readonly LiveSilence[] } | { readonly because: string }> {
  if (server === null) return { because: noServer };
  try {
    return { live: await liveSilences(server.client) };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const { summary, detail } = thrown.diagnostic;
    return { because: `${summary}. ${detail}` };
  }
}

/** One whose time is over is as declared, whoever answers. */
function unseen(known: JsonObject, nowMs: number, reason: string): Observation {
  return isOver(known, nowMs) ? { state: 'present', spec: canonicalSilence(known) } : { state: 'unasked', reason };
}

/** Those with our mark, the latest first; or else one made by hand that silences just the same, for somebody to adopt. */
function findLive(
  live: readonly LiveSilence[],
  spec: JsonObject,
  claimed: ReadonlySet<string>,
): readonly LiveSilence[] {
  const marked = live
    .filter(({ comment }) => markedId(comment) === idOf(spec))
    .sort((left, right) => (left.updatedAt < right.updatedAt ? 1 : -1));
  if (marked.length > 0) return marked;
  const byHand = live.find(
    (silence) => markedId(silence.comment) === null && !claimed.has(silence.id) && hasMatchers(silence, spec),
  );
  return byHand === undefined ? [] : [byHand];
}

function observationOf([first, ...others]: readonly LiveSilence[], known: JsonObject, nowMs: number): Observation {
  if (first !== undefined) {
    const spec = silenceSpec(first, known, nowMs);
    return { state: 'present', spec: others.length === 0 ? spec : { ...spec, madeTimes: others.length + 1 } };
  }
  // It ended as it was to: nothing has changed, and Alertmanager forgets it after some days.
  return isOver(known, nowMs) ? { state: 'present', spec: canonicalSilence(known) } : { state: 'absent' };
}

/** What one change did, to be undone. */
interface Done {
  readonly before: LiveSilence | null;
  readonly madeId: string | null;
}

async function putAll(changes: readonly StagedChange[], server: Server, nowMs: number): Promise<SilencesPut> {
  const done: Done[] = [];
  const takeBack = async () => {
    for (const one of done.toReversed()) await undo(server.lastingClient, one);
  };
  try {
    const live = await liveSilences(server.client);
    for (const change of changes) {
      const refused = await putOne(change, live, { client: server.client, done, nowMs });
      if (refused === null) continue;
      await takeBack();
      return { accepted: false, reason: `Alertmanager refuses it: ${refused}.`, blamed: [change.address] };
    }
    return { accepted: true, count: changes.length, takeBack };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    await takeBack().catch(() => undefined);
    const { summary, detail } = thrown.diagnostic;
    return { accepted: false, reason: `${summary}. ${detail}`, blamed: changes.map(addressOf) };
  }
}

interface Putting {
  readonly client: HttpClient;
  readonly done: Done[];
  readonly nowMs: number;
}

/** Why Alertmanager takes none such; null when it is done. */
async function putOne(
  { kind, spec }: StagedChange,
  live: readonly LiveSilence[],
  { client, done, nowMs }: Putting,
): Promise<string | null> {
  const [first = null, ...others] = findLive(live, spec, new Set());
  const isWanted = kind === 'write' && !isOver(spec, nowMs);
  const tooMany = isWanted ? others : [...(first === null ? [] : [first]), ...others];
  for (const one of tooMany) {
    await expireSilence(client, one.id);
    done.push({ before: one, madeId: null });
  }
  if (!isWanted || (first !== null && isAsWanted(first, spec, nowMs))) return null;
  const answer = await postSilence(client, apiSilence(spec, first, nowMs));
  if ('refused' in answer) return answer.refused;
  done.push({ before: first, madeId: answer.id });
  return null;
}

function isAsWanted(live: LiveSilence, spec: JsonObject, nowMs: number): boolean {
  const isMarked = markedId(live.comment) === idOf(spec);
  return isMarked && jsonEquals(silenceSpec(live, spec, nowMs), canonicalSilence(spec));
}

async function undo(client: HttpClient, { before, madeId }: Done): Promise<void> {
  if (madeId !== null && madeId !== before?.id) await expireSilence(client, madeId);
  if (before === null) return;
  const { id, updatedAt: _, state: __, ...silence } = before;
  await postSilence(client, madeId === id ? { ...silence, id } : silence);
}

function discovered(silence: LiveSilence, nowMs: number): DiscoveredObject {
  const { id, createdBy, endsAt, comment } = silence;
  const marked = markedId(comment);
  const name = marked?.split('/').at(-1) ?? id;
  const spec = silenceSpec(silence, { id: marked ?? id }, nowMs);
  const who = createdBy.trim() === '' ? 'nobody named' : createdBy;
  const why = comment.trim() === '' ? 'no reason given' : comment;
  const matchers = spec.matchers as unknown as readonly ApiMatcher[];
  const of = matchers.map(printApiMatcher).join(', ');
  const location = `a silence of ${of} until ${endsAt}, by ${who}: ${why}`;
  const width = widthOf(matchers);
  const concern = `a silence of ${of} that nobody declared, by ${who}, keeps everybody from hearing of ${width} until ${endsAt}`;
  // When one began that is in force is no part of what is declared, but of how long it lasts.
  const facts = { ...spec, startsAt: silence.startsAt };
  return { type: silenceType, name, spec, location, facts, ...(width === null ? {} : { concern }) };
}

function healthOf(address: Address, spec: JsonObject, live: LiveSilence | undefined, nowMs: number): HealthReport {
  if (isOver(spec, nowMs)) return { address, healthy: true, detail: `It was over at ${String(spec.endsAt)}.` };
  if (live === undefined) return { address, healthy: false, detail: 'Alertmanager has no such silence.' };
  const detail = live.state === 'active' ? `It is in force until ${live.endsAt}.` : `It begins at ${live.startsAt}.`;
  return { address, healthy: true, detail };
}

function addressOf({ address }: StagedChange): Address {
  return address;
}
