import type { AnswerHint, Sample } from './metrics-source.ts';
import type { TimeRange } from './panel-data.ts';

const dayMs = 86_400_000;

/** A day's course between the bounds of what is usual, or of the step that is green. `key` says which series it is. */
export function pointsOf(key: string, { fromMs, toMs, stepMs }: TimeRange, hint: AnswerHint): Sample['points'] {
  const hash = hashOf(key);
  const { low, high } = zoneOf(hint, hash, key);
  const phase = (hash % 1000) / 1000;
  const level = low + (high - low) * (0.25 + 0.5 * phase);
  const points: (readonly [number, number])[] = [];
  for (let ms = fromMs; ms <= toMs; ms += stepMs) {
    const daily = Math.sin(2 * Math.PI * (ms / dayMs + phase)) * 0.15;
    const noise = ((hashOf(`${hash} ${ms}`) % 1000) / 1000 - 0.5) * 0.05;
    const value = level + (high - low) * (daily + noise);
    const held = Math.max(hint.min ?? Number.NEGATIVE_INFINITY, Math.min(hint.max ?? Number.POSITIVE_INFINITY, value));
    points.push([ms, hint.isState ? stateAt(hint, hash, ms) : rounded(held, hint.unit, high - low)]);
  }
  return points;
}

interface Zone {
  readonly low: number;
  readonly high: number;
}

/** Between the bounds of the green step; one in nine goes beyond. */
function zoneOf(hint: AnswerHint, hash: number, key: string): Zone {
  const { unit, min, max } = hint;
  const usual = usualByName.find(({ name }) => name.test(key)) ?? usualByUnit[unit] ?? { low: 1, high: 100 };
  const steps = meantSteps(hint);
  const green = Math.max(
    0,
    steps.findIndex(({ colour }) => colour === 'green'),
  );
  const neighbour = green === 0 ? 1 : green - 1;
  const strayed = hash % 9 === 0 ? neighbour : green;
  const step = steps[strayed];
  const next = steps[strayed + 1];
  if (step === undefined)
    return steps.length > 0 ? usual : { low: Math.max(min ?? usual.low, usual.low), high: usual.high };
  const low =
    step.from ?? (next?.from === null || next?.from === undefined ? (min ?? usual.low) : Math.min(min ?? 0, next.from));
  const high = next?.from ?? (step.from === null ? usual.high : (max ?? Math.max(usual.high, low * 2)));
  return { low, high };
}

/** Every new panel of Grafana is red from 80 on, whatever its unit. */
function meantSteps({ steps, unit }: AnswerHint): AnswerHint['steps'] {
  const isPreset = steps.length === 2 && steps[1]?.from === 80 && unit !== 'percent';
  return isPreset ? [] : steps;
}

/** Where the unit alone would make up what nobody has seen: services that fail half of the time. */
const usualByName: readonly (Zone & { readonly name: RegExp })[] = [
  { name: /status_code/, low: 200, high: 200 },
  { name: /burn_rate/, low: 0.1, high: 1.4 },
  { name: /error|fail|lost|loss|dropped|stolen/, low: 0, high: 0.01 },
];

const usualByUnit: Readonly<Record<string, Zone>> = {
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

/** A plain number is a count where it is large; a pressure or a load per processor is not. */
function rounded(value: number, unit: string, width: number): number {
  const isCount = (unit === 'short' || unit === 'none' || unit === '') && width >= 20;
  return isCount ? Math.round(value) : Number(value.toPrecision(6));
}

/** FNV-1a: the same on every machine. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
