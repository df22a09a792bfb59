import type { AnswerHint, Asked, MetricsSource, Sample } from './metrics-source.ts';
import type { FiringAlert, TimeRange } from './panel-data.ts';

/** What made-up series are about: values of labels that the organisation has. */
export interface GeneratedWorld {
  readonly seed: number;
  readonly labels: Readonly<Record<string, readonly string[]>>;
}

/**
 * Values that nobody measured, such that panels look as they will: in their units, mostly where all is well, now and then
 * where it is not. The same seed gives the same picture.
 */
export function generatedSource(world: GeneratedWorld): MetricsSource {
  return {
    origin: `generated data, seed ${world.seed}`,
    labelValues: async (label) => ok(valuesOf(world, label)),
    query: async (expression, range, hint) => ok(seriesOf(world, expression, { ...range, fromMs: range.toMs }, hint)),
    queryRange: async (expression, range, hint) => ok(seriesOf(world, expression, range, hint)),
    alerts: async () => ok(alertsOf(world)),
  };
}

function ok<Value>(value: Value): Asked<Value> {
  return { ok: true, value };
}

function valuesOf({ labels }: GeneratedWorld, label: string): readonly string[] {
  return labels[label] ?? [1, 2, 3].map((number) => `${label}-${number}`);
}

const mostSeries = 6;

function seriesOf(world: GeneratedWorld, expression: string, range: TimeRange, hint: AnswerHint): readonly Sample[] {
  if (hint.labels.length === 0) return [{ labels: {}, points: pointsOf(world, expression, range, hint) }];
  const [first = ''] = hint.labels;
  const count = Math.min(mostSeries, Math.max(2, ...hint.labels.map((label) => valuesOf(world, label).length)));
  const fixed = [...expression.matchAll(/(\w+)="([^"$|]+)"/g)].map(
    ([, label = '', value = '']) => [label, value] as const,
  );
  const made = Array.from({ length: count }, (_, index) => {
    const labels = hint.labels.map((label) => {
      const values = valuesOf(world, label);
      const place = label === first ? index : hashOf(`${world.seed}${label}${index}`) % values.length;
      return [label, values[place % values.length] ?? ''] as const;
    });
    const all = Object.fromEntries([...labels, ...fixed.filter(([label]) => hint.labels.includes(label))]);
    return { labels: all, points: pointsOf(world, `${expression} ${JSON.stringify(all)}`, range, hint) };
  });
  const unique = new Map(made.map((sample) => [JSON.stringify(sample.labels), sample]));
  return sorted([...unique.values()], expression);
}

/** As the server would, where the query says so. */
function sorted(samples: readonly Sample[], expression: string): readonly Sample[] {
  const last = ({ points }: Sample) => points.at(-1)?.[1] ?? 0;
  if (/^\s*(sort_desc|topk)\b/.test(expression)) return samples.toSorted((left, right) => last(right) - last(left));
  return /^\s*(sort|bottomk)\b/.test(expression)
    ? samples.toSorted((left, right) => last(left) - last(right))
    : samples;
}

const dayMs = 86_400_000;

function pointsOf(
  { seed }: GeneratedWorld,
  key: string,
  { fromMs, toMs, stepMs }: TimeRange,
  hint: AnswerHint,
): Sample['points'] {
  const hash = hashOf(`${seed} ${key}`);
  const { low, high } = zoneOf(hint, hash);
  const phase = (hash % 1000) / 1000;
  const level = low + (high - low) * (0.25 + 0.5 * phase);
  const points: (readonly [number, number])[] = [];
  for (let ms = fromMs; ms <= toMs; ms += stepMs) {
    const daily = Math.sin(2 * Math.PI * (ms / dayMs + phase)) * 0.15;
    const noise = ((hashOf(`${hash} ${ms}`) % 1000) / 1000 - 0.5) * 0.05;
    const value = level + (high - low) * (daily + noise);
    const held = Math.max(hint.min ?? Number.NEGATIVE_INFINITY, Math.min(hint.max ?? Number.POSITIVE_INFINITY, value));
    points.push([ms, hint.isState ? stateAt(hint, hash, ms) : rounded(held, hint.unit)]);
  }
  return points;
}

/** Between the bounds of the green step; one in nine goes beyond. */
function zoneOf(hint: AnswerHint, hash: number): { readonly low: number; readonly high: number } {
  const { unit, min, max } = hint;
  const usual = usualRange[unit] ?? { low: 1, high: 100 };
  const steps = meantSteps(hint);
  const green = Math.max(
    0,
    steps.findIndex(({ colour }) => colour === 'green'),
  );
  const neighbour = green === 0 ? 1 : green - 1;
  const strayed = hash % 9 === 0 ? neighbour : green;
  const step = steps[strayed];
  const next = steps[strayed + 1];
  if (step === undefined) return { low: min ?? usual.low, high: max ?? usual.high };
  const low =
    step.from ?? (next?.from === null || next?.from === undefined ? (min ?? usual.low) : Math.min(min ?? 0, next.from));
  const high = next?.from ?? max ?? Math.max(usual.high, low * 2);
  return { low, high };
}

/** Every new panel of Grafana is red from 80 on, whatever its unit. */
function meantSteps({ steps, unit }: AnswerHint): AnswerHint['steps'] {
  const isPreset = steps.length === 2 && steps[1]?.from === 80 && unit !== 'percent';
  return isPreset ? [] : steps;
}

const usualRange: Readonly<Record<string, { readonly low: number; readonly high: number }>> = {
  percentunit: { low: 0, high: 1 },
  percent: { low: 0, high: 100 },
  s: { low: 0.01, high: 2 },
  ms: { low: 5, high: 400 },
  bytes: { low: 1e8, high: 8e10 },
  decbytes: { low: 1e8, high: 8e10 },
  Bps: { low: 1e4, high: 5e7 },
  bps: { low: 1e5, high: 9e8 },
  cps: { low: 0, high: 120 },
  reqps: { low: 1, high: 400 },
  ops: { low: 1, high: 400 },
  short: { low: 0, high: 40 },
  d: { low: 20, high: 300 },
  celsius: { low: 18, high: 32 },
  amp: { low: 2, high: 16 },
  volt: { low: 218, high: 242 },
  watt: { low: 300, high: 5000 },
};

/** The best state, and another for an hour now and then. */
function stateAt({ steps }: AnswerHint, hash: number, ms: number): number {
  const good = steps.find(({ colour }) => colour === 'green')?.from ?? 0;
  const isBad = hashOf(`${hash} ${Math.floor(ms / 3_600_000)}`) % 23 === 0;
  if (!isBad) return good;
  const bad = steps.filter(({ colour }) => colour !== 'green');
  return bad[hash % Math.max(1, bad.length)]?.from ?? 0;
}

function rounded(value: number, unit: string): number {
  return unit === 'short' || unit === 'none' || unit === '' ? Math.round(value) : Number(value.toPrecision(6));
}

function alertsOf(world: GeneratedWorld): readonly FiringAlert[] {
  const names = valuesOf(world, 'alertname').slice(0, 3);
  const items = valuesOf(world, 'item');
  return names.map((name, index) => ({
    name,
    severity: index === 0 ? 'critical' : 'warning',
    labels: { item: items[index % items.length] ?? '' },
    state: 'firing',
    sinceMs: null,
    summary: '',
  }));
}

/** FNV-1a: the same on every machine. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
