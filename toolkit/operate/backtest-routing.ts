import { countNotifications, type Episode, type Labels, type Notifications, type SentAlert } from '../history/index.ts';
import { parseAlertmanager } from '../languages/alert-routing/index.ts';
import { isJsonObject, type JsonObject } from '../model/index.ts';
import type { StackSpecs } from './backtest-rules.ts';

export interface ToldEpisodes {
  readonly stack: string;
  readonly episodes: readonly Episode[];
  /** What else fired, and may hold back or be told together. */
  readonly others: readonly Episode[];
  readonly untilMs: number;
}

/** Who would have been told how often, by the routing of the same side; null where the stack has none. */
export function notificationsOf(
  specs: StackSpecs,
  { stack, episodes, others, untilMs }: ToldEpisodes,
): Notifications | null {
  const routing = configIn(specs, `${stack}/alertmanager-config/`);
  if (routing === null) return null;
  const external = externalLabels(configIn(specs, `${stack}/prometheus-config/`));
  const { config } = parseAlertmanager(routing);
  const sent = [
    ...episodes.flatMap((episode) => sentAlert(episode, external, true)),
    ...others.flatMap((episode) => sentAlert(episode, external, false)),
  ];
  return countNotifications(config, sent, untilMs);
}

function configIn(specs: StackSpecs, prefix: string): JsonObject | null {
  const [, spec] = [...specs].find(([address]) => address.startsWith(prefix)) ?? [];
  const config = spec?.config;
  return config !== undefined && isJsonObject(config) ? config : null;
}

function externalLabels(config: JsonObject | null): Labels {
  const labels =
    config !== null && isJsonObject(config.global ?? null) ? (config.global as JsonObject).external_labels : {};
  if (labels === undefined || !isJsonObject(labels)) return {};
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}

/** A label of the alert's own is not written over. */
function sentAlert(
  { labels, firedAtMs, endedAtMs }: Episode,
  external: Labels,
  isWatched: boolean,
): readonly SentAlert[] {
  if (firedAtMs === null) return [];
  return [
    { labels: { ...external, ...labels }, firedAtMs, endedAtMs: endedAtMs ?? Number.POSITIVE_INFINITY, isWatched },
  ];
}
