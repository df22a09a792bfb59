export { type AlertShape, type Certainty, matchesShape } from './alert-shape.ts';
export { type CompiledPattern, compilePattern } from './compile-pattern.ts';
export type { AlertmanagerConfig, Channel, InhibitRule, Receiver, Route } from './config.ts';
export {
  findHiddenRecoveries,
  findInhibitionFacts,
  type HiddenRecovery,
  type InhibitionFact,
} from './find-idle-inhibition.ts';
export { findShadowedRoutes, type ShadowedRoute } from './find-shadowed-routes.ts';
export { allRoutes, findIdleRoutes, findUnrouted, findUnused, type UnusedParts } from './find-unused.ts';
export type { RoutingFinding, RoutingFindingCode } from './finding.ts';
export { findInhibitions, type Inhibition } from './inhibit.ts';
export type { LabelSet } from './label-set.ts';
export { type Matcher, type MatchOperator, matchesAll, printMatcher } from './matchers.ts';
export { type ParsedAlertmanager, parseAlertmanager, type ReadRoutes, readRoutes } from './parse-alertmanager.ts';
export { longestQuietMs, quietStretches, type Stretch } from './quiet-stretches.ts';
export { type AlertmanagerRelease, alertmanagerReleaseOf, alertmanagerReleases, debianRelease } from './release.ts';
export { labelsRead, type RoutedAlert, routeAlert, routesTaken } from './route-alert.ts';
export {
  type ApiMatcher,
  type ApiSilence,
  type ChangeScope,
  fromApiSilence,
  isSilencedBy,
  type ParsedSilence,
  parseSilence,
  printApiMatcher,
  type Silence,
  type SilenceExcess,
  silenceExcess,
  silenceStateAt,
  toApiSilence,
} from './silence.ts';
export {
  type Quiet,
  type SimulatedAlert,
  type SimulatedGroup,
  type Simulation,
  type Situation,
  simulate,
} from './simulate.ts';
export { isWithin, type NamedTimeInterval, type TimeInterval } from './time-intervals.ts';
export { type NotifyTerm, type NotifyTiming, type TimeToNotify, worstTimeToNotify } from './time-to-notify.ts';
