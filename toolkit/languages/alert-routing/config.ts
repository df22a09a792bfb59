import type { Matcher } from './matchers.ts';
import type { AlertmanagerRelease } from './release.ts';
import type { NamedTimeInterval } from './time-intervals.ts';

/** A configuration of Alertmanager, with what it fills in filled in. Pointers say where things stand in the document. */
export interface AlertmanagerConfig {
  readonly release: AlertmanagerRelease;
  readonly resolveTimeoutMs: number;
  readonly root: Route;
  readonly inhibitRules: readonly InhibitRule[];
  /** Those of the older section `mute_time_intervals` as well; Alertmanager makes no difference. */
  readonly timeIntervals: readonly NamedTimeInterval[];
  readonly receivers: readonly Receiver[];
  readonly templates: readonly string[];
}

/** A node of the routing tree, with what it inherits filled in. */
export interface Route {
  readonly pointer: string;
  readonly receiver: string;
  readonly matchers: readonly Matcher[];
  /** Routes beside it, further down, are tried too. */
  readonly continues: boolean;
  /** Labels by which alerts are told together; `all`: each alert is told alone. */
  readonly groupBy: readonly string[] | 'all';
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
  /** Names of intervals in which it is silent; not inherited, as in Alertmanager. */
  readonly muteIntervals: readonly string[];
  /** Names of intervals outside of which it is silent; not inherited either. */
  readonly activeIntervals: readonly string[];
  /** It tells in some hours only. */
  readonly isTimed: boolean;
  /** Its matchers and those above it, as Alertmanager writes them in the keys of groups. */
  readonly key: string;
  readonly routes: readonly Route[];
}

/** While an alert of the source side fires, alerts of the target side that agree with it on some labels are not told. */
export interface InhibitRule {
  readonly pointer: string;
  /** Only newer releases have names for them. */
  readonly name: string;
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
}

export interface Receiver {
  readonly pointer: string;
  readonly name: string;
  readonly channels: readonly Channel[];
}

/** One way in which a receiver tells: an entry of `webhook_configs`, of `email_configs`, ... */
export interface Channel {
  readonly pointer: string;
  readonly kind: string;
  readonly tellsOfEnd: boolean;
}
