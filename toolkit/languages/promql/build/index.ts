/** `opsctl/promql`, for content: PromQL in TypeScript. Nothing of the grammar stands behind it, so it loads with the model. */
export { avg, bottomk, by, count, group, max, min, sum, topk, without } from './aggregate.ts';
export {
  absentOverTime,
  avgOverTime,
  call,
  changes,
  countOverTime,
  delta,
  deriv,
  histogramQuantile,
  increase,
  lastOverTime,
  maxOverTime,
  minOverTime,
  predictLinear,
  rate,
  resets,
  sumOverTime,
} from './call.ts';
export {
  above,
  and,
  atLeast,
  atMost,
  below,
  differentFrom,
  dividedBy,
  equalTo,
  type MatchOn,
  minus,
  or,
  plus,
  times,
  unless,
} from './operate.ts';
export type { DurationText, InstantQuery, Query, RangeQuery, ScalarQuery } from './query.ts';
export {
  earlier,
  history,
  type LabelCondition,
  matching,
  metric,
  not,
  notMatching,
  over,
  type SelectorQuery,
} from './select.ts';
