export { isInHours } from './calendar-hours.ts';
export { alignedGrid, chunkGrid, maxPoints } from './chunk-grid.ts';
export { compareRecorded, type RecordedComparison } from './compare-recorded.ts';
export {
  countNotifications,
  type Notifications,
  type SentAlert,
} from './count-notifications.ts';
export { episodesOfStates } from './episodes-of-states.ts';
export { type Expansion, expandRecorded, type RecordedRule, recordedNames } from './expand-recorded.ts';
export { findGaps } from './find-gaps.ts';
export { type Direction, type ProposedThreshold, proposeThreshold, quantilesByHour } from './propose-threshold.ts';
export { type AlertingRule, readGroup, ruleKey } from './read-group.ts';
export { type Episode, firingStretch, replayAlert } from './replay-alert.ts';
export {
  isWithin,
  joinStretches,
  type Labels,
  labelKey,
  type SampledSeries,
  type Stretch,
  type TimeGrid,
  totalMs,
} from './series.ts';
export { type EpisodeSummary, summariseEpisodes } from './summarise-episodes.ts';
