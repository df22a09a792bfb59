import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram } from './processes.ts';

type Labels = Readonly<Record<string, string>>;

export interface ObservedAlert {
  readonly receivers: readonly string[];
  readonly inhibitedBy: readonly Labels[];
  readonly silencedBy: readonly string[];
}

export interface ObservedGroup {
  readonly receiver: string;
  readonly labels: Labels;
  readonly alerts: readonly Labels[];
}

export interface Observed {
  /** In the order in which the alerts were given. */
  readonly alerts: readonly (ObservedAlert | undefined)[];
  readonly groups: readonly ObservedGroup[];
}

export interface LiveAlertmanager {
  /** Why it refuses a configuration; null when it has loaded it. */
  load(config: unknown): Promise<string | null>;
  /** Adds a silence and gives its id; null when it is refused. */
  silence(silence: object): Promise<string | null>;
  /** What it makes of alerts that fire together under the configuration that is loaded; then they end. */
  judge(alerts: readonly Labels[]): Promise<Observed>;
  /** Alerts that begin now, and go on. */
  fire(alerts: readonly Labels[]): Promise<void>;
  forgetSilences(): Promise<void>;
  stop(): Promise<void>;
}

interface ApiAlert {
  readonly labels: Labels;
  readonly fingerprint: string;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: { readonly inhibitedBy: readonly string[]; readonly silencedBy: readonly string[] };
}

interface ApiGroup {
  readonly receiver: { readonly name: string };
  readonly labels: Labels;
  readonly alerts: readonly ApiAlert[];
}

/** Alerts with this label are ours: they show how far Alertmanager has come. Configurations leave them alone. */
const marker = 'marker';
const markerRule = {
  source_matchers: [`${marker}="source"`],
  target_matchers: [`${marker}="target"`],
  equal: ['round'],
};

// Ten seconds at least, where others take one time.
const markerTries = 2000;

/** One Alertmanager for many configurations, as reloading is much faster than starting. */
export async function startAlertmanager(program: string): Promise<LiveAlertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'opsctl-alertmanager-'));
  const file = join(folder, 'alertmanager.yml');
  await writeFile(file, JSON.stringify({ route: { receiver: 'a' }, receivers: [{ name: 'a' }] }));
  const server = await startProgram({
    program,
    args: (port) => [
      `--config.file=${file}`,
      `--storage.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    ready: '/-/ready',
  });
  const api = `${server.url}/api/v2`;
  const silenceIds = new Set<string>();
  let round = 0;

  /** The inhibitor and the dispatcher take alerts in their order, so what came before markers is done when they are. */
  async function passMarkers(): Promise<void> {
    round += 1;
    const labels = (kind: string) => ({ alertname: 'Marker', [marker]: kind, round: String(round) });
    await post(
      `${api}/alerts`,
      [labels('source'), labels('target')].map((each) => firing(each, new Date())),
    );
    const mine = `filter=round%3D%22${round}%22`;
    for (let tries = 0; ; tries += 1) {
      const alerts = await get<readonly ApiAlert[]>(`${api}/alerts?${mine}`);
      const groups = await get<readonly ApiGroup[]>(`${api}/alerts/groups?${mine}`);
      const isInhibited = alerts.some(({ status }) => status.inhibitedBy.length > 0);
      if (
        isInhibited &&
        new Set(groups.flatMap((group) => group.alerts.map(({ fingerprint }) => fingerprint))).size === 2
      )
        return;
      if (tries > markerTries)
        throw new Error(`The markers of round ${round} do not get through: ${JSON.stringify({ alerts, groups })}`);
      await sleep(5);
    }
  }

  return {
    load: async (config) => {
      await writeFile(file, JSON.stringify(config));
      const answer = await fetch(`${server.url}/-/reload`, { method: 'POST' });
      return answer.ok ? null : await answer.text();
    },
    silence: async (silence) => {
      const answer = await fetch(`${api}/silences`, jsonRequest(silence));
      if (!answer.ok) return null;
      const { silenceID } = (await answer.json()) as { readonly silenceID: string };
      silenceIds.add(silenceID);
      return silenceID;
    },
    judge: async (alerts) => {
      const startsAt = new Date();
      // Until it has seen the first markers, it may still be reading what was there when it was reloaded, in any order.
      await passMarkers();
      await post(
        `${api}/alerts`,
        alerts.map((labels) => firing(labels, startsAt)),
      );
      await passMarkers();
      const found = await get<readonly ApiAlert[]>(`${api}/alerts?filter=${marker}%3D%22%22`);
      const groups = await get<readonly ApiGroup[]>(`${api}/alerts/groups?filter=${marker}%3D%22%22`);
      await post(
        `${api}/alerts`,
        alerts.map((labels) => ended(labels, startsAt)),
      );
      return describe(alerts, found, groups);
    },
    fire: (alerts) =>
      post(
        `${api}/alerts`,
        alerts.map((labels) => firing(labels, new Date())),
      ),
    forgetSilences: async () => {
      for (const id of silenceIds) await fetch(`${api}/silence/${id}`, { method: 'DELETE' });
      silenceIds.clear();
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A configuration in which no rule touches the markers, and one more rule that does. */
export function withMarkerRule<Rule extends { readonly source_matchers?: unknown; readonly target_matchers?: unknown }>(
  rules: readonly Rule[],
): readonly object[] {
  const alone = (matchers: unknown) => [...(Array.isArray(matchers) ? (matchers as unknown[]) : []), `${marker}=""`];
  const apart = rules.map((rule) => ({
    ...rule,
    source_matchers: alone(rule.source_matchers),
    target_matchers: alone(rule.target_matchers),
  }));
  return [...apart, markerRule];
}

function describe(alerts: readonly Labels[], found: readonly ApiAlert[], groups: readonly ApiGroup[]): Observed {
  const byKey = new Map(found.map((alert) => [keyOf(alert.labels), alert]));
  const byFingerprint = new Map(found.map(({ fingerprint, labels }) => [fingerprint, labels]));
  return {
    alerts: alerts.map((labels) => {
      const alert = byKey.get(keyOf(labels));
      if (alert === undefined) return undefined;
      return {
        receivers: alert.receivers.map(({ name }) => name),
        inhibitedBy: alert.status.inhibitedBy.map((fingerprint) => byFingerprint.get(fingerprint) ?? {}),
        silencedBy: alert.status.silencedBy,
      };
    }),
    groups: groups.map(({ receiver, labels, alerts: grouped }) => ({
      receiver: receiver.name,
      labels,
      alerts: grouped.map((alert) => alert.labels),
    })),
  };
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)));
}

const hourMs = 3_600_000;

function firing(labels: Labels, startsAt: Date): object {
  return { labels, startsAt: startsAt.toISOString(), endsAt: new Date(Date.now() + hourMs).toISOString() };
}

function ended(labels: Labels, startsAt: Date): object {
  return { labels, startsAt: startsAt.toISOString(), endsAt: new Date().toISOString() };
}

async function get<Answer>(url: string): Promise<Answer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, jsonRequest(body));
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
}

function jsonRequest(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
