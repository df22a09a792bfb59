import type { ValueType } from './expression.ts';
import type { Dialect } from './versions.ts';

export interface FunctionFacts {
  readonly args: readonly ValueType[];
  /** How many of the last arguments may be left out, or repeated; `many`: the last one any number of times, or not. */
  readonly optional: number | 'many';
  readonly returns: 'scalar' | 'instant';
  /** What happens to the labels of its vector argument. */
  readonly labels: LabelEffect;
  readonly in: 'both' | '2.42' | '3.15';
  readonly isExperimental: boolean;
}

export type LabelEffect = 'name-dropped' | 'kept' | 'special';

const instant = { args: ['instant'] } as const;
const range = { args: ['range'] } as const;
const dateOf = { args: ['instant'], optional: 1 } as const;
const nothing = { args: [], returns: 'scalar' } as const;
const experimental = { in: '3.15', isExperimental: true } as const;

/** Every function of both releases. */
const table = {
  abs: instant,
  absent: { ...instant, labels: 'special' },
  absent_over_time: { ...range, labels: 'special' },
  acos: instant,
  acosh: instant,
  asin: instant,
  asinh: instant,
  atan: instant,
  atanh: instant,
  avg_over_time: range,
  ceil: instant,
  changes: range,
  clamp: { args: ['instant', 'scalar', 'scalar'] },
  clamp_max: { args: ['instant', 'scalar'] },
  clamp_min: { args: ['instant', 'scalar'] },
  cos: instant,
  cosh: instant,
  count_over_time: range,
  day_of_month: dateOf,
  day_of_week: dateOf,
  day_of_year: dateOf,
  days_in_month: dateOf,
  deg: instant,
  delta: range,
  deriv: range,
  double_exponential_smoothing: { args: ['range', 'scalar', 'scalar'], ...experimental },
  end: { ...nothing, ...experimental },
  exp: instant,
  first_over_time: { ...range, labels: 'kept', in: '3.15' },
  floor: instant,
  histogram_avg: { ...instant, in: '3.15' },
  histogram_count: instant,
  histogram_fraction: { args: ['scalar', 'scalar', 'instant'], labels: 'special' },
  histogram_quantile: { args: ['scalar', 'instant'], labels: 'special' },
  histogram_quantiles: {
    args: ['instant', 'string', 'scalar', 'scalar'],
    optional: 9,
    labels: 'special',
    ...experimental,
  },
  histogram_stddev: { ...instant, in: '3.15' },
  histogram_stdvar: { ...instant, in: '3.15' },
  histogram_sum: instant,
  holt_winters: { args: ['range', 'scalar', 'scalar'], in: '2.42' },
  hour: dateOf,
  idelta: range,
  increase: range,
  info: { args: ['instant', 'instant'], optional: 1, labels: 'special', ...experimental },
  irate: range,
  label_join: { args: ['instant', 'string', 'string', 'string'], optional: 'many', labels: 'special' },
  label_replace: { args: ['instant', 'string', 'string', 'string', 'string'], labels: 'special' },
  last_over_time: { ...range, labels: 'kept' },
  ln: instant,
  log10: instant,
  log2: instant,
  mad_over_time: { ...range, ...experimental },
  max_of: { args: ['scalar', 'scalar'], returns: 'scalar', ...experimental },
  max_over_time: range,
  min_of: { args: ['scalar', 'scalar'], returns: 'scalar', ...experimental },
  min_over_time: range,
  minute: dateOf,
  month: dateOf,
  pi: nothing,
  predict_linear: { args: ['range', 'scalar'] },
  present_over_time: range,
  quantile_over_time: { args: ['scalar', 'range'] },
  rad: instant,
  range: { ...nothing, ...experimental },
  rate: range,
  resets: range,
  round: { args: ['instant', 'scalar'], optional: 1 },
  scalar: { ...instant, returns: 'scalar' },
  sgn: instant,
  sin: instant,
  sinh: instant,
  sort: { ...instant, labels: 'kept' },
  sort_by_label: { args: ['instant', 'string'], optional: 'many', labels: 'kept', ...experimental },
  sort_by_label_desc: { args: ['instant', 'string'], optional: 'many', labels: 'kept', ...experimental },
  sort_desc: { ...instant, labels: 'kept' },
  sqrt: instant,
  start: { ...nothing, ...experimental },
  start_timestamp: { ...instant, ...experimental },
  stddev_over_time: range,
  stdvar_over_time: range,
  step: { ...nothing, ...experimental },
  sum_over_time: range,
  tan: instant,
  tanh: instant,
  time: nothing,
  timestamp: instant,
  ts_of_first_over_time: { ...range, ...experimental },
  ts_of_last_over_time: { ...range, ...experimental },
  ts_of_max_over_time: { ...range, ...experimental },
  ts_of_min_over_time: { ...range, ...experimental },
  vector: { args: ['scalar'], labels: 'special' },
  year: dateOf,
} as const satisfies Readonly<Record<string, Partial<FunctionFacts>>>;

/** For the builder: the types of the arguments are known to the compiler. */
export type FunctionTable = typeof table;

const plain: FunctionFacts = {
  args: [],
  optional: 0,
  returns: 'instant',
  labels: 'name-dropped',
  in: 'both',
  isExperimental: false,
};

/** By name; names are in lower case, and Prometheus knows them in no other. */
export const promqlFunctions: ReadonlyMap<string, FunctionFacts> = new Map(
  Object.entries(table).map(([name, facts]) => [name, { ...plain, ...facts }]),
);

/** Null when the function can be called there; else why not. */
export function whyNotCallable(facts: FunctionFacts, dialect: Dialect): string | null {
  if (facts.in === '2.42' && dialect.version !== '2.42') return 'Prometheus 3 no longer has it';
  if (facts.in === '3.15' && dialect.version === '2.42') return 'Prometheus 2.42 does not have it yet';
  if (facts.isExperimental && !dialect.features.includes('experimental-functions'))
    return 'it is experimental, and only --enable-feature=promql-experimental-functions turns it on';
  return null;
}
