/** One series with the name that its legend gives it. */
export interface NamedSeries {
  readonly refId: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds and values, rising; a last value alone where only that was asked. */
  readonly points: readonly (readonly [number, number])[];
}

/** What one query of a panel gave. */
export type TargetAnswer =
  | { readonly state: 'series'; readonly series: readonly NamedSeries[] }
  | { readonly state: 'failed'; readonly refId: string; readonly reason: string };

export interface FiringAlert {
  readonly name: string;
  readonly severity: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: string;
  readonly sinceMs: number | null;
  readonly summary: string;
}

/** All that is needed to draw one panel. */
export interface PanelData {
  readonly answers: readonly TargetAnswer[];
  /** Only for lists of alerts. */
  readonly alerts: readonly FiringAlert[];
}

/** The time that is shown. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

const stepsMs = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400].map(
  (seconds) => seconds * 1000,
);
const pointsWanted = 240;

/** The time that ends now, in steps that people reckon in. */
export function timeRange(nowMs: number, spanMs: number): TimeRange {
  const stepMs =
    stepsMs.find((step) => step >= spanMs / pointsWanted) ?? Math.ceil(spanMs / pointsWanted / 1000) * 1000;
  const toMs = Math.floor(nowMs / stepMs) * stepMs;
  return { fromMs: toMs - Math.ceil(spanMs / stepMs) * stepMs, toMs, stepMs };
}

/** `{{item}} {{mountpoint}}`, or what Grafana shows where there is no legend. */
export function nameSeries(legend: string, labels: Readonly<Record<string, string>>, expression: string): string {
  if (legend !== '' && legend !== '__auto')
    return legend.replaceAll(/\{\{\s*([^{}]+?)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim();
  const { __name__: metric = '', ...others } = labels;
  const pairs = Object.entries(others).map(([label, value]) => `${label}="${value}"`);
  if (pairs.length === 0) return metric === '' ? expression : metric;
  return `${metric}{${pairs.join(', ')}}`;
}
