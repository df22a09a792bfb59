import type { Diagnostic } from '../../diagnostics/index.ts';
import { type ConfigurationItem, parseDuration, printDuration, readingsOf, type Slo } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { hasSource } from '../read-signal.ts';
import { type BurnLevel, budgetOf, burnLevels, rounded } from './burn-rate.ts';
import { ruleInterval } from './indicator.ts';
import { periodMs, periodName } from './period.ts';
import { sloDiagnostics } from './slo-diagnostics.ts';
import type { UpheldSlo } from './upheld.ts';

/** Whether each level can fire, only fires when something is wrong, and sees enough to tell. */
export function checkAlerting(operated: OperatedStack, upheld: UpheldSlo): readonly Diagnostic[] {
  const { slo } = upheld;
  const levels = burnLevels(slo);
  const shortest = levels.reduce<BurnLevel | null>(
    (least, level) => (least === null || level.shortMs < least.shortMs ? level : least),
    null,
  );
  return [
    ...levels.flatMap((level) => checkLevel(slo, level)),
    ...(shortest === null ? [] : [...checkReadings(operated, upheld, shortest), ...checkTraffic(slo, shortest)]),
  ];
}

function checkLevel(slo: Slo, { long, short, longMs, factor }: BurnLevel): readonly Diagnostic[] {
  const at = { position: slo.source, subject: slo.id };
  const facts = { slo: slo.id, windows: `${long} and ${short}`, factor };
  if (longMs > periodMs(slo.window))
    return [sloDiagnostics.create('window-beyond-period', { ...facts, period: periodName(slo.window) }, at)];
  const needed = rounded(factor * budgetOf(slo.objective));
  if (needed >= 1)
    return [sloDiagnostics.create('alert-never-fires', { ...facts, needed: `${rounded(needed * 100)} %` }, at)];
  return factor < 1 ? [sloDiagnostics.create('alert-below-allowed', facts, at)] : [];
}

function checkReadings(
  operated: OperatedStack,
  { slo, items }: UpheldSlo,
  { short, shortMs }: BurnLevel,
): readonly Diagnostic[] {
  const slowest = Math.max(parseDuration(ruleInterval) ?? 0, ...items.map((item) => readEveryMs(operated, slo, item)));
  if (shortMs >= 4 * slowest) return [];
  const facts = { slo: slo.id, short, interval: printDuration(slowest) };
  return [sloDiagnostics.create('short-window-too-short', facts, { position: slo.source, subject: slo.id })];
}

/** Counters may come from any source of an item, so the most frequent counts; a signal from the one that it is read from. */
function readEveryMs({ catalogue }: OperatedStack, { indicator }: Slo, item: ConfigurationItem): number {
  const objectClass = catalogue.classes.find(({ id }) => id === item.class);
  if (objectClass === undefined || indicator.kind === 'composite') return 0;
  const signal = indicator.kind === 'timeSlice' ? objectClass.signals[indicator.signal] : undefined;
  const named = signal === undefined ? Object.keys(objectClass.sources) : Object.keys(readingsOf(signal));
  const sources = named.filter((name) => hasSource(objectClass, name, item));
  const intervals = sources.map((name) => parseDuration(objectClass.sources[name]?.interval ?? '0') ?? 0);
  return intervals.length === 0 ? 0 : Math.min(...intervals);
}

function checkTraffic(
  { id, objective, lowTraffic, source }: Slo,
  { short, shortMs }: BurnLevel,
): readonly Diagnostic[] {
  if (lowTraffic?.usualEvents === undefined) return [];
  const expected = rounded((lowTraffic.usualEvents * shortMs) / (parseDuration(lowTraffic.in) ?? 1));
  const allowed = rounded(expected * budgetOf(objective));
  if (allowed >= 1) return [];
  const facts = { slo: id, short, expected, allowed };
  return [sloDiagnostics.create('too-little-traffic', facts, { position: source, subject: id })];
}
