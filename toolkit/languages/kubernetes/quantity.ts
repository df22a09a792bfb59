const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity of Kubernetes as a number of cores, bytes or things; null for what is none. */
export function parseQuantity(written: unknown): number | null {
  if (typeof written === 'number') return Number.isFinite(written) ? written : null;
  if (typeof written !== 'string') return null;
  const [, digits, suffix = '', exponent] =
    /^([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d+))?$/.exec(written) ?? [];
  if (digits === undefined) return null;
  const factor = exponent === undefined ? factors[suffix] : 10 ** Number(exponent);
  return factor === undefined ? null : Number(digits) * factor;
}

/** Cores as `1500m` or `8`. */
export function printCores(cores: number): string {
  const milli = Math.ceil(cores * 1000 - 1e-9);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Bytes with the largest binary unit that divides them: `16Gi`, `1536Mi`. */
export function printBytes(bytes: number): string {
  const whole = Math.ceil(bytes);
  const unit = ['Pi', 'Ti', 'Gi', 'Mi', 'Ki'].find((name) => whole > 0 && whole % (factors[name] ?? 1) === 0);
  return unit === undefined ? String(whole) : `${whole / (factors[unit] ?? 1)}${unit}`;
}
