import type { SourceSpan } from '../diagnostics/index.ts';
import type { Attributes } from './attribute.ts';
import { callSite } from './call-site.ts';
import { catalogueShapes } from './catalogue-shapes.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { ObjectClass } from './object-class.ts';
import type { AlertSeverity, Criticality } from './organisation.ts';
import type { BilingualText } from './text.ts';
import type { ThresholdCase, ThresholdCaseOf } from './threshold.ts';

/** Alerts of one class. `alerts` are typed references: tunings and waivers name them. */
export interface AlertPack<AlertKey extends string = string> {
  readonly class: ObjectClass;
  readonly alerts: Readonly<Record<AlertKey, Alert>>;
}

/** One alert of a class, by a condition on one of its signals. */
export interface Alert extends AlertDeclaration {
  readonly kind: 'alert';
  /** `host.cpuBusy`: class and key, unique in the catalogue. */
  readonly id: string;
  readonly class: string;
  readonly source: SourceSpan;
  /** What the organisation has changed about it, and why. */
  readonly patched?: PatchNote;
}

/** Left on an alert by a patch, for whoever asks why it is as it is. */
export interface PatchNote {
  readonly reason: string;
  readonly source: SourceSpan;
}

declare const attributes: unique symbol;

/** An alert whose class is known to the compiler, so that a patch of it is held to the attributes of the class. */
export type AlertOf<Declared extends Attributes> = Alert & { readonly [attributes]?: Declared };

/** What is said of one alert in `defineAlertPack`. */
export interface AlertDeclaration {
  /** Alert name as operators see it, unique in the catalogue: `HostCpuBusy`. */
  readonly name: string;
  /** Key of the class's signal. */
  readonly signal: string;
  readonly when: AlertCondition;
  /** Other thresholds for some items, by criticality, tenant, any attribute of the class; the first that fits decides. */
  readonly thresholds?: readonly ThresholdCase[];
  /** How long the condition must hold, such as `15m`. */
  readonly for: string;
  readonly severity: AlertSeverity;
  /**
   * One line each; `{item}`, `{site}`, `{value}` and part labels such as `{mountpoint}` are filled in when it fires.
   */
  readonly summary: BilingualText;
  /** Path under the organisation's runbook base, such as `host/cpu-busy`. */
  readonly runbook: string;
  /** Labels besides those that every alert has, for what reads alerts outside: `{ service_code: 'ITSM-42' }`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Only for items this critical; absent: for all. */
  readonly criticality?: readonly Criticality[];
  /** The item gives no service while this fires: alerts of what runs on it are inhibited. */
  readonly meansDown?: boolean;
  /** Key of a milder alert of the same pack that this one makes needless while both fire for one item. */
  readonly supersedes?: string;
  /**
   * Series with which it fires, and with which it does not, for `opsctl test`: where a test cannot find them by itself,
   * or to test the expression against what its author knows of the exporter.
   */
  readonly samples?: AlertSamples;
  /** Why these numbers: what an operator should know before changing them. */
  readonly rationale: string;
  readonly clauses: readonly string[];
}

/** What an exporter gives of one item in trouble, and of one without. */
export interface AlertSamples {
  readonly bad: SampleValues;
  readonly good: SampleValues;
}

/**
 * By metric, with labels besides the item's own: `{ pg_up: 0, 'node_md_disks{state="failed"}': 1 }`; a counter by how fast it
 * grows: `'5/s'`.
 */
export type SampleValues = Readonly<Record<string, number | `${number}/s`>>;

/** When the value of the signal is trouble. */
export type AlertCondition =
  | { readonly above: number }
  | { readonly below: number }
  /** For state signals. */
  | { readonly equals: number };

/** Declares the alerts of a class. Signal keys are checked by the compiler. */
export function defineAlertPack<Declared extends Attributes, SignalName extends string, const AlertKey extends string>(
  objectClass: ObjectClass<Declared, SignalName>,
  declarations: Readonly<
    Record<
      AlertKey,
      AlertDeclaration & {
        readonly signal: SignalName;
        readonly supersedes?: NoInfer<AlertKey>;
        readonly thresholds?: readonly ThresholdCaseOf<NoInfer<Declared>>[];
      }
    >
  >,
): AlertPack<AlertKey> & { readonly [Key in AlertKey]: AlertOf<Declared> } {
  const source = callSite(defineAlertPack);
  const given = { class: objectClass, alerts: declarations };
  holdToShape(catalogueShapes.alertPack, given, 'defineAlertPack(class, {...})', source);
  const entries = Object.entries<AlertDeclaration>(declarations).map(([key, declaration]) => {
    const alert: Alert = {
      ...declaration,
      kind: 'alert',
      id: `${objectClass.id}.${key}`,
      class: objectClass.id,
      source,
    };
    return [key, alert] as const;
  });
  const alerts = Object.fromEntries(entries) as Record<AlertKey, Alert>;
  return deepFreeze({ class: objectClass, alerts, ...alerts });
}
