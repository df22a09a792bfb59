/** What the variables of a dashboard stand for while it is shown once. */
export interface Scope {
  readonly variables: ReadonlyMap<string, ChosenValues>;
  /** Distance of two points of a graph. */
  readonly intervalMs: number;
  /** Never shorter than four scrapes. */
  readonly rateIntervalMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ChosenValues {
  readonly values: readonly string[];
  /** Stands for all values as it is, such as `.*`; empty: each one is written. */
  readonly asWhole: string;
  /** Several may be chosen, so that queries hold patterns. */
  readonly isPattern: boolean;
}

const reference = /\$(\w+)|\$\{(\w+)(?:\.[\w.]+)?(?::(\w+)(?::[^}]*)?)?\}|\[\[(\w+)(?::(\w+))?\]\]/g;

/** A text with its variables filled in, as Grafana does it for queries in PromQL. What is not known stays. */
export function interpolate(text: string, scope: Scope): string {
  return text.replaceAll(reference, (whole: string, ...parts: readonly (string | undefined)[]) => {
    const [plain, braced, format, old, oldFormat] = parts;
    const name = plain ?? braced ?? old ?? '';
    return builtIn(name, scope) ?? print(scope.variables.get(name), format ?? oldFormat ?? '') ?? whole;
  });
}

/** The same for titles, which people read. */
export function interpolateTitle(text: string, scope: Scope): string {
  return text.replaceAll(reference, (whole: string, ...parts: readonly (string | undefined)[]) => {
    const [plain, braced, , old] = parts;
    const chosen = scope.variables.get(plain ?? braced ?? old ?? '');
    if (chosen === undefined) return whole;
    return chosen.asWhole === '' ? chosen.values.join(' + ') : 'All';
  });
}

function builtIn(name: string, { intervalMs, rateIntervalMs, fromMs, toMs }: Scope): string | null {
  const rangeMs = toMs - fromMs;
  const values: Readonly<Record<string, string>> = {
    __interval: printMs(intervalMs),
    interval: printMs(intervalMs),
    __auto: printMs(intervalMs),
    __auto_interval: printMs(intervalMs),
    __interval_ms: String(intervalMs),
    __rate_interval: printMs(rateIntervalMs),
    __rate_interval_ms: String(rateIntervalMs),
    __range: printMs(rangeMs),
    __range_s: String(Math.round(rangeMs / 1000)),
    __range_ms: String(rangeMs),
    __from: String(fromMs),
    __to: String(toMs),
  };
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
}

function printMs(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

function print(chosen: ChosenValues | undefined, format: string): string | null {
  if (chosen === undefined) return null;
  const { values, asWhole, isPattern } = chosen;
  if (asWhole !== '') return asWhole;
  switch (format) {
    case 'raw':
    case 'csv':
    case 'text':
      return values.join(',');
    case 'pipe':
      return values.join('|');
    case 'glob':
      return values.length === 1 ? (values[0] ?? '') : `{${values.join(',')}}`;
    case 'doublequote':
      return values.map((value) => JSON.stringify(value)).join(',');
    case 'regex':
      return oneOrMore(values.map(escapePattern));
    default:
      return oneOrMore(values.map(isPattern ? inPattern : inText));
  }
}

function oneOrMore(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `(${values.join('|')})`;
}

function escapePattern(value: string): string {
  return value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** In a pattern that stands in quotes, each backslash is written twice. */
function inPattern(value: string): string {
  return value
    .replaceAll('\\', '\\\\\\\\')
    .replaceAll(/[$^*{}[\]'+?.()|]/g, '\\\\$&')
    .replaceAll('"', '\\"');
}

function inText(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll("'", "\\\\'");
}
