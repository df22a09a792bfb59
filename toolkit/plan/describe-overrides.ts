import { printSpan } from '../diagnostics/index.ts';
import {
  type AlertOverride,
  commonThreshold,
  isJsonObject,
  type JsonObject,
  type Resource,
  readAlertOverride,
  servesVariant,
  waivedVariant,
} from '../model/index.ts';
import { describePatches } from './describe-patches.ts';
import type { OverrideDescription } from './override-description.ts';
import type { PlannedChange } from './plan.ts';
import { rulesInSpec } from './rules-in-spec.ts';
import { specsOf } from './specs-of-change.ts';

/** Of a new rule file all of them: who approves a new plant approves what it is not told of, too. */
export function overridesOfChange(planned: PlannedChange): readonly OverrideDescription[] {
  const { change } = planned;
  if (!('desired' in change) || change.action === 'no-op') return [];
  return describeOverrides(...specsOf(planned), change.desired);
}

/** Both sides are specs of rule files; of any other there is nothing to say. */
export function describeOverrides(
  before: JsonObject,
  after: JsonObject,
  desired: Resource | null,
): readonly OverrideDescription[] {
  const sides = { before: readSide(before), after: readSide(after) };
  const keys = new Set([...sides.before.overrides.keys(), ...sides.after.overrides.keys()]);
  const ofItems = [...keys].sort().flatMap((key): readonly OverrideDescription[] => {
    const [from, to] = [sides.before.overrides.get(key), sides.after.overrides.get(key)];
    const subject = to ?? from;
    if (subject === undefined) return [];
    const [was, is] = [settingsOf(sides.before, subject, from), settingsOf(sides.after, subject, to)];
    const text = textOf(was, is, from !== undefined && to === undefined);
    if (text === null) return [];
    return [
      {
        symbol: symbolOf(from, to),
        alert: subject.alert,
        item: subject.item,
        text,
        severity: {
          // A new rule file is compared with what its alert would be.
          before:
            was === undefined ? (commonSettings(sides.after, subject)?.severity ?? null) : (was?.severity ?? null),
          after: is?.severity ?? null,
        },
        ...wordsOf(to, desired),
      },
    ];
  });
  return [...describePatches(before, after, desired), ...ofItems];
}

function symbolOf(from: AlertOverride | undefined, to: AlertOverride | undefined): OverrideDescription['symbol'] {
  if (from === undefined) return '+';
  return to === undefined ? '-' : '~';
}

interface Side {
  readonly rules: readonly JsonObject[];
  readonly overrides: ReadonlyMap<string, AlertOverride>;
}

function readSide(spec: JsonObject): Side {
  const list = rulesInSpec(spec);
  const overrides = list.flatMap((rule) => readAlertOverride(rule) ?? []);
  return { rules: list, overrides: new Map(overrides.map((entry) => [`${entry.alert} ${entry.item}`, entry])) };
}

/** Null: what is not to be read from the rules. */
interface Settings {
  readonly threshold: number | null;
  readonly for: string | null;
  readonly severity: string | null;
}

/** What the alert is for the item on one side. Null: waived; undefined: the side has no such alert at all. */
function settingsOf(
  { rules }: Side,
  { alert }: AlertOverride,
  override: AlertOverride | undefined,
): Settings | null | undefined {
  if (override?.variant === waivedVariant) return null;
  const own = rules.filter((rule) => rule.alert === alert);
  const rule =
    override === undefined ? own[0] : own.find(({ expr }) => servesVariant(String(expr), alert, override.variant));
  if (rule === undefined)
    return override === undefined ? undefined : { threshold: override.threshold, for: null, severity: null };
  const { severity } = isJsonObject(rule.labels ?? null) ? (rule.labels as JsonObject) : {};
  return {
    threshold: override === undefined ? commonThreshold(String(rule.expr), alert) : override.threshold,
    for: String(rule.for ?? '0s'),
    severity: String(severity ?? ''),
  };
}

function commonSettings(side: Side, subject: AlertOverride): Settings | null | undefined {
  return settingsOf(side, subject, undefined);
}

/** Null when nothing differs for the item; the variant it is sorted into says nothing to a reader. */
function textOf(
  before: Settings | null | undefined,
  after: Settings | null | undefined,
  isGone: boolean,
): string | null {
  if (after === null) return before === null ? null : 'waived, so nobody is told of it';
  if (before === null) return after === undefined ? 'no longer waived' : `no longer waived${valuesOf(after)}`;
  if (before === undefined || after === undefined) return `tuned${valuesOf(after ?? before)}`;
  const changes = [
    printChange('threshold', before.threshold, after.threshold),
    printChange('for', before.for, after.for),
    printChange('severity', before.severity, after.severity),
  ].filter((change) => change !== null);
  if (isGone) return ['no longer tuned', ...changes].join(', ');
  return changes.length === 0 ? null : changes.join(', ');
}

function valuesOf(settings: Settings | undefined): string {
  if (settings === undefined) return '';
  const known = Object.entries(settings).filter(([, value]) => value !== null);
  return known.length === 0 ? '' : `: ${known.map(([name, value]) => `${name} ${value}`).join(', ')}`;
}

function printChange(name: string, before: string | number | null, after: string | number | null): string | null {
  if (before === after || after === null) return null;
  return before === null ? `${name} ${after}` : `${name} ${before} -> ${after}`;
}

function wordsOf(
  override: AlertOverride | undefined,
  desired: Resource | null,
): Pick<OverrideDescription, 'reason' | 'source'> {
  const name = override === undefined ? null : `override:${override.alert}:${override.item}`;
  const [step] = desired?.parts.find((part) => part.name === name)?.derivation ?? [];
  return { reason: step?.text ?? null, source: step?.source === undefined ? null : printSpan(step.source) };
}
