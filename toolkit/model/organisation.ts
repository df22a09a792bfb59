import type { SourceSpan } from '../diagnostics/index.ts';
import type { SecretReference } from './secret.ts';
import type { BilingualText } from './text.ts';

/** Levels of a group: L1 headquarters, L2 region, L3 plant. A two-tier group has L1 and L2 (standard S0). */
export type TierId = 'L1' | 'L2' | 'L3';
/** From the top down. */
export const tierIds: readonly TierId[] = ['L1', 'L2', 'L3'];

/** How much the organisation loses when the item fails; decides what monitoring is required of it. */
export type Criticality = 'critical' | 'high' | 'medium' | 'low';
/** The most critical first. */
export const criticalities: readonly Criticality[] = ['critical', 'high', 'medium', 'low'];

/** How urgent an alert is: `critical` wakes somebody, `warning` is worked in hours, `info` is never sent on its own. */
export type AlertSeverity = 'critical' | 'warning' | 'info';
/** The most urgent first. */
export const alertSeverities: readonly AlertSeverity[] = ['critical', 'warning', 'info'];

/** The organisation that the repository runs: who there is and where. Facts only; what follows from them is compiled. */
export interface Organisation {
  /** Short id, such as `huaxin`. */
  readonly id: string;
  readonly title: BilingualText;
  readonly tiers: readonly Tier[];
  readonly sites: readonly Site[];
  readonly teams: readonly Team[];
  readonly people: readonly Person[];
  readonly tenants: readonly Tenant[];
  readonly suppliers: readonly Supplier[];
  readonly calendars: readonly Calendar[];
  /** Base of runbook links in alerts, such as `https://runbooks.example.com`. */
  readonly runbookBase: string;
  /** Put behind every runbook link, such as `.md` where a Git forge shows the pages; absent: nothing. */
  readonly runbookSuffix?: string;
  /**
   * Where people open dashboards, `{stack}` standing for the control point: `https://grafana.{stack}.example.com`. Alerts
   * then link to the panel that shows their signal; absent: they do not.
   */
  readonly dashboardBase?: string;
  readonly source: SourceSpan;
}

/** One level of the group, and how long it may take before the level above is told. */
export interface Tier {
  readonly id: TierId;
  readonly title: BilingualText;
  /** After this long an unresolved alert of this tier goes to the tier above, such as `30m`; absent at L1. */
  readonly escalateAfter?: string;
  /** The same for warnings, which seldom are worth a night; absent: as `escalateAfter`. */
  readonly escalateWarningsAfter?: string;
}

/** A place with a control point of its own: a headquarters, a region, a plant. */
export interface Site {
  readonly id: string;
  readonly title: BilingualText;
  readonly tier: TierId;
  /** IANA time zone. */
  readonly timeZone: string;
}

/** People who answer for items, and how alerts reach them. */
export interface Team {
  readonly id: string;
  readonly title: BilingualText;
  readonly tier: TierId;
  readonly site: string;
  /** Where its alerts go, by severity where that matters. */
  readonly channels: readonly NotificationChannel[];
  /** Calendar in whose hours non-critical alerts are sent; absent: at all times. */
  readonly hours?: string;
}

/** One way to reach a team. */
export type NotificationChannel =
  | { readonly kind: 'webhook'; readonly url: string | SecretReference; readonly severities?: readonly AlertSeverity[] }
  | {
      readonly kind: 'email';
      readonly to: string;
      readonly from: string;
      /** Mail relay as `host:port`. */
      readonly smarthost: string;
      /** Absent: yes, as Alertmanager has it; a relay in the own network may know no TLS. */
      readonly requireTls?: boolean;
      readonly username?: string;
      readonly password?: SecretReference;
      readonly severities?: readonly AlertSeverity[];
    }
  | {
      readonly kind: 'wecom';
      readonly corporationId: string;
      readonly agentId: string;
      readonly apiSecret: SecretReference;
      /** Of WeCom installed in the own network, such as `https://wecom.example.com/cgi-bin/`; absent: the public one. */
      readonly apiUrl?: string;
      readonly toParty?: string;
      readonly toUser?: string;
      readonly severities?: readonly AlertSeverity[];
    };

/** Somebody who may approve a waiver or answer for a team; found by id. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly roles: readonly string[];
  readonly email?: string;
}

/** A business that shares the platform; its name is a label of every alert of its items. */
export interface Tenant {
  readonly id: string;
  readonly title: BilingualText;
  /** Team that speaks for the tenant. */
  readonly owner: string;
}

/** Who delivered an item and helps with it. */
export interface Supplier {
  readonly id: string;
  readonly title: BilingualText;
  readonly contact: string;
  /** Ends of the service contract, such as `2027-12-31`. */
  readonly contractUntil?: string;
}

/** Weekly working hours and the days that differ from them. */
export interface Calendar {
  readonly id: string;
  readonly title: BilingualText;
  /** IANA time zone the hours are in. */
  readonly timeZone: string;
  readonly hours: readonly CalendarHours[];
}

/** Some days of the week, from one time to another. */
export interface CalendarHours {
  /** Days such as `monday`, or ranges such as `monday:friday`. */
  readonly weekdays: readonly string[];
  /** `08:30` to `17:30`; `24:00` is the end of the day. */
  readonly from: string;
  readonly to: string;
}
