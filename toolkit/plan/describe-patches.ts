import { printSpan } from '../diagnostics/index.ts';
import {
  commonThreshold,
  disabledPart,
  everyItem,
  isJsonObject,
  type JsonObject,
  type Resource,
  readDisabledAlert,
} from '../model/index.ts';
import type { OverrideDescription } from './override-description.ts';
import { rulesInSpec } from './rules-in-spec.ts';

/** What the organisation's patches do to the alerts of one rule file: off, on again, or with other numbers. */
export function describePatches(
  before: JsonObject,
  after: JsonObject,
  desired: Resource | null,
): readonly OverrideDescription[] {
  const sides = { before: rulesIn(before), after: rulesIn(after) };
  return [...disablings(sides, desired), ...changedAlerts(sides, desired)];
}

interface Sides {
  readonly before: readonly JsonObject[];
  readonly after: readonly JsonObject[];
}

function disablings({ before, after }: Sides, desired: Resource | null): readonly OverrideDescription[] {
  const [was, is] = [disabledIn(before), disabledIn(after)];
  const off = [...is].filter(([alert]) => !was.has(alert));
  const on = [...was].filter(([alert]) => !is.has(alert));
  return [
    ...off.map(([alert, severity]) => ({
      symbol: '+' as const,
      alert,
      item: everyItem,
      text: 'disabled, so nobody is told of it',
      severity: { before: severity, after: null },
      ...wordsOf(desired, disabledPart(alert)),
    })),
    ...on.map(([alert, severity]) => ({
      symbol: '-' as const,
      alert,
      item: everyItem,
      text: 'no longer disabled',
      severity: { before: null, after: severity },
      reason: null,
      source: null,
    })),
  ];
}

function disabledIn(rules: readonly JsonObject[]): ReadonlyMap<string, string> {
  return new Map(
    rules.flatMap((rule) => {
      const disabled = readDisabledAlert(rule);
      return disabled === null ? [] : [[disabled.alert, disabled.severity] as const];
    }),
  );
}

/** Alerts that a patch stands behind; of one in a new file it is said that there is one. */
function changedAlerts({ before, after }: Sides, desired: Resource | null): readonly OverrideDescription[] {
  return after.flatMap((rule) => {
    const alert = String(rule.alert ?? '');
    const words = wordsOf(desired, alert);
    if (rule.alert === undefined || words.reason === null || after.find((other) => other.alert === alert) !== rule)
      return [];
    const [was, is] = [
      settingsOf(
        before.find((other) => other.alert === alert),
        alert,
      ),
      settingsOf(rule, alert),
    ];
    const changes = was === null ? ['patched'] : differences(was, is ?? {});
    if (changes.length === 0) return [];
    const severity = { before: was?.severity ?? null, after: is?.severity ?? null };
    return [{ symbol: was === null ? '+' : '~', alert, item: everyItem, text: changes.join(', '), severity, ...words }];
  });
}

type Settings = Readonly<Record<string, string>>;

function settingsOf(rule: JsonObject | undefined, alert: string): Settings | null {
  if (rule === undefined) return null;
  const { severity, ...labels } = isJsonObject(rule.labels) ? rule.labels : {};
  const threshold = commonThreshold(String(rule.expr), alert);
  return {
    ...(threshold === null ? {} : { threshold: String(threshold) }),
    for: String(rule.for ?? '0s'),
    severity: String(severity ?? ''),
    ...Object.fromEntries(Object.entries(labels).map(([name, value]) => [`label ${name}`, String(value)])),
  };
}

function differences(before: Settings, after: Settings): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name} ${before[name] ?? 'none'} -> ${after[name] ?? 'none'}`);
}

/** What the patch says for itself. */
function wordsOf(desired: Resource | null, part: string): Pick<OverrideDescription, 'reason' | 'source'> {
  const steps = desired?.parts.find(({ name }) => name === part)?.derivation ?? [];
  const step = steps.find(({ kind }) => kind === 'patch');
  return { reason: step?.text ?? null, source: step?.source === undefined ? null : printSpan(step.source) };
}

function rulesIn(spec: JsonObject): readonly JsonObject[] {
  return rulesInSpec(spec);
}
