import type { SourceSpan } from '../diagnostics/index.ts';
import type { Alert, AlertCondition, AlertDeclaration, AlertOf, AlertPack } from './alert-pack.ts';
import type { Attributes } from './attribute.ts';
import { callSite } from './call-site.ts';
import { patchShapes } from './catalogue-shapes.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { WaiverTerms } from './stack.ts';
import { numberOf, type Threshold, type ThresholdCase, type ThresholdCaseOf, withBaseline } from './threshold.ts';

/** What an organisation has otherwise than the catalogue: an alert that is changed, or one that is off, everywhere. */
export type CataloguePatch = AlertPatch | AlertDisabling;

/** An alert that is changed, made by `patch(...)`. */
export interface AlertPatch {
  readonly kind: 'alert-patch';
  /** As the catalogue has it. */
  readonly alert: Alert;
  readonly change: PatchChange;
  readonly source: SourceSpan;
}

/** An alert that is off until a day, made by `disable(...)`. */
export interface AlertDisabling {
  readonly kind: 'alert-disabling';
  readonly alert: Alert;
  readonly terms: WaiverTerms;
  readonly source: SourceSpan;
}

/** What is different, and why. What is not named stays as the pack has it, also when the pack changes. */
export interface PatchChange extends Partial<Pick<AlertDeclaration, PatchedAsIs>> {
  /** In the place of the number in the alert's condition. */
  readonly threshold?: Threshold;
  /** In the place of those that the pack may have. */
  readonly thresholds?: readonly ThresholdCase[];
  readonly reason: string;
}

type PatchedAsIs = 'for' | 'severity' | 'summary' | 'runbook' | 'criticality' | 'labels';

/** The same, held by the compiler to the attributes of the alert's class. */
export type PatchChangeOf<Declared extends Attributes> = Omit<PatchChange, 'thresholds'> & {
  readonly thresholds?: readonly ThresholdCaseOf<Declared>[];
};

/** Changes an alert of the catalogue for the whole organisation; for some items of one stack there is `.tune`. */
export function patch<Declared extends Attributes>(
  alert: AlertOf<Declared>,
  change: PatchChangeOf<NoInfer<Declared>>,
): AlertPatch {
  const source = callSite(patch);
  holdToShape(patchShapes.patch, { alert, change }, 'patch(alert, {...})', source);
  // Checked by the compiler with the names of its attributes, and from here on read by name.
  return deepFreeze({ kind: 'alert-patch' as const, alert, change: change as PatchChange, source });
}

/** Turns an alert of the catalogue off for the whole organisation until a day; for some items there is `.waive`. */
export function disable(alert: Alert, terms: WaiverTerms): AlertDisabling {
  const source = callSite(disable);
  holdToShape(patchShapes.disable, { alert, terms }, 'disable(alert, { reason, approver, until })', source);
  return deepFreeze({ kind: 'alert-disabling' as const, alert, terms, source });
}

/** The packs as the organisation has them: patched alerts changed, disabled ones gone. */
export function patchPacks(packs: readonly AlertPack[], patches: readonly CataloguePatch[]): readonly AlertPack[] {
  if (patches.length === 0) return packs;
  const byAlert = new Map(patches.map((entry) => [entry.alert.id, entry]));
  return packs.map((pack) => {
    const isConcerned = Object.values(pack.alerts).some(({ id }) => byAlert.has(id));
    return isConcerned ? patchPack(pack, byAlert) : pack;
  });
}

function patchPack(pack: AlertPack, byAlert: ReadonlyMap<string, CataloguePatch>): AlertPack {
  const isDisabled = ({ id }: Alert): boolean => byAlert.get(id)?.kind === 'alert-disabling';
  const kept = Object.entries(pack.alerts).filter(([, alert]) => !isDisabled(alert));
  const keys = new Set(kept.map(([key]) => key));
  const alerts = kept.map(([key, alert]): readonly [string, Alert] => {
    const { supersedes, ...rest } = patchAlert(alert, byAlert.get(alert.id));
    return [key, supersedes === undefined || !keys.has(supersedes) ? rest : { ...rest, supersedes }];
  });
  return { class: pack.class, alerts: Object.fromEntries(alerts), ...Object.fromEntries(alerts) };
}

function patchAlert(alert: Alert, entry: CataloguePatch | undefined): Alert {
  if (entry?.kind !== 'alert-patch') return alert;
  const { threshold, reason, ...changed } = entry.change;
  const when = threshold === undefined ? alert.when : withThreshold(alert.when, numberOf(threshold));
  return { ...alert, ...changed, when, patched: { reason: withBaseline(reason, threshold), source: entry.source } };
}

function withThreshold(when: AlertCondition, threshold: number): AlertCondition {
  if ('above' in when) return { above: threshold };
  return 'below' in when ? { below: threshold } : { equals: threshold };
}
