import type { Check } from './check.ts';
import { check as absentOfAggregation } from './checks/absent-of-aggregation.ts';
import { check as alertmanagerDoubtful } from './checks/alertmanager-doubtful.ts';
import { check as alertmanagerRefused } from './checks/alertmanager-refused.ts';
import { check as alwaysFiring } from './checks/always-firing.ts';
import { check as backupWithoutFreshness } from './checks/backup-without-freshness.ts';
import { check as beyondRetention } from './checks/beyond-retention.ts';
import { check as classWithoutAlerts } from './checks/class-without-alerts.ts';
import { check as collectorOff } from './checks/collector-off.ts';
import { check as counterWithoutRate } from './checks/counter-without-rate.ts';
import { check as criticalUnheard } from './checks/critical-unheard.ts';
import { check as dashboardDatasourceFixed } from './checks/dashboard-datasource-fixed.ts';
import { check as dashboardEditable } from './checks/dashboard-editable.ts';
import { check as dashboardLinkDead } from './checks/dashboard-link-dead.ts';
import { check as defaultReceiverOnly } from './checks/default-receiver-only.ts';
import { check as divisionByZero } from './checks/division-by-zero.ts';
import { check as duplicateDashboardUid } from './checks/duplicate-dashboard-uid.ts';
import { check as duplicateGroup } from './checks/duplicate-group.ts';
import { check as duplicatePanelId } from './checks/duplicate-panel-id.ts';
import { check as duplicateRule } from './checks/duplicate-rule.ts';
import { check as endNotTold } from './checks/end-not-told.ts';
import { check as externalLabelTaken } from './checks/external-label-taken.ts';
import { check as fallbackWithoutLabels } from './checks/fallback-without-labels.ts';
import { check as forMissing } from './checks/for-missing.ts';
import { check as forTooShort } from './checks/for-too-short.ts';
import { check as forZero } from './checks/for-zero.ts';
import { check as fragileJoin } from './checks/fragile-join.ts';
import { check as gaugeFunctionOfCounter } from './checks/gauge-function-of-counter.ts';
import { check as groupByPlace } from './checks/group-by-place.ts';
import { check as groupInterval } from './checks/group-interval.ts';
import { check as histogramWithoutLe } from './checks/histogram-without-le.ts';
import { check as ifSpeed } from './checks/if-speed.ts';
import { check as impossibleComparison } from './checks/impossible-comparison.ts';
import { check as impossibleMatching } from './checks/impossible-matching.ts';
import { check as includedLabelMissing } from './checks/included-label-missing.ts';
import { check as inhibitNever } from './checks/inhibit-never.ts';
import { check as inhibitTooWide } from './checks/inhibit-too-wide.ts';
import { check as instanceFixed } from './checks/instance-fixed.ts';
import { check as irateInAlert } from './checks/irate-in-alert.ts';
import { check as itemLost } from './checks/item-lost.ts';
import { check as itemWithoutTarget } from './checks/item-without-target.ts';
import { check as labelNotThere } from './checks/label-not-there.ts';
import { check as malformedRule } from './checks/malformed-rule.ts';
import { check as matcherWithoutEffect } from './checks/matcher-without-effect.ts';
import { check as noCondition } from './checks/no-condition.ts';
import { check as panelRateInterval } from './checks/panel-rate-interval.ts';
import { check as panelUntitled } from './checks/panel-untitled.ts';
import { check as panelWithoutQuery } from './checks/panel-without-query.ts';
import { check as panelWithoutUnit } from './checks/panel-without-unit.ts';
import { check as percentageTwice } from './checks/percentage-twice.ts';
import { check as quantileAveraged } from './checks/quantile-averaged.ts';
import { check as rangeTooShort } from './checks/range-too-short.ts';
import { check as rateOfGauge } from './checks/rate-of-gauge.ts';
import { check as rateOfSum } from './checks/rate-of-sum.ts';
import { check as ratioSummed } from './checks/ratio-summed.ts';
import { check as receiverUnused } from './checks/receiver-unused.ts';
import { check as recordedInOtherGroup } from './checks/recorded-in-other-group.ts';
import { check as recordedLater } from './checks/recorded-later.ts';
import { check as recordedNowhere } from './checks/recorded-nowhere.ts';
import { check as recordedTwice } from './checks/recorded-twice.ts';
import { check as recordingCycle } from './checks/recording-cycle.ts';
import { check as recordingName } from './checks/recording-name.ts';
import { check as regexAnchored } from './checks/regex-anchored.ts';
import { check as regexUnneeded } from './checks/regex-unneeded.ts';
import { check as renamedMetric } from './checks/renamed-metric.ts';
import { check as routeUnreachable } from './checks/route-unreachable.ts';
import { check as runbookMissing } from './checks/runbook-missing.ts';
import { check as sameCondition } from './checks/same-condition.ts';
import { check as selectorContradiction } from './checks/selector-contradiction.ts';
import { check as severityMissing } from './checks/severity-missing.ts';
import { check as severityUnrouted } from './checks/severity-unrouted.ts';
import { check as signalNowhere } from './checks/signal-nowhere.ts';
import { check as silenceCareless } from './checks/silence-careless.ts';
import { check as subqueryCost } from './checks/subquery-cost.ts';
import { check as summaryMissing } from './checks/summary-missing.ts';
import { check as targetWithoutItem } from './checks/target-without-item.ts';
import { check as templateError } from './checks/template-error.ts';
import { check as tenantNotPinned } from './checks/tenant-not-pinned.ts';
import { check as toldLate } from './checks/told-late.ts';
import { check as topkInRule } from './checks/topk-in-rule.ts';
import { check as undefinedVariable } from './checks/undefined-variable.ts';
import { check as unknownField } from './checks/unknown-field.ts';
import { check as unusedVariable } from './checks/unused-variable.ts';
import { check as valueInLabel } from './checks/value-in-label.ts';
import { check as valueUnformatted } from './checks/value-unformatted.ts';
import { check as variableNotReloaded } from './checks/variable-not-reloaded.ts';
import { check as watchdogMissing } from './checks/watchdog-missing.ts';

/** Every check, by what it looks at; a test compares the list with the folder. */
export const checks: readonly Check[] = [
  // Rule files as a whole.
  duplicateGroup,
  duplicateRule,
  forZero,
  malformedRule,
  runbookMissing,
  unknownField,
  // Expressions, of rules and of panels.
  absentOfAggregation,
  alwaysFiring,
  beyondRetention,
  collectorOff,
  counterWithoutRate,
  divisionByZero,
  fragileJoin,
  gaugeFunctionOfCounter,
  histogramWithoutLe,
  ifSpeed,
  impossibleComparison,
  impossibleMatching,
  includedLabelMissing,
  instanceFixed,
  irateInAlert,
  matcherWithoutEffect,
  noCondition,
  quantileAveraged,
  rangeTooShort,
  rateOfGauge,
  rateOfSum,
  ratioSummed,
  regexAnchored,
  regexUnneeded,
  renamedMetric,
  selectorContradiction,
  signalNowhere,
  subqueryCost,
  topkInRule,
  // Rules.
  dashboardLinkDead,
  externalLabelTaken,
  fallbackWithoutLabels,
  forMissing,
  forTooShort,
  itemLost,
  labelNotThere,
  percentageTwice,
  recordedNowhere,
  recordingName,
  severityMissing,
  severityUnrouted,
  summaryMissing,
  templateError,
  valueInLabel,
  valueUnformatted,
  // Groups.
  groupInterval,
  recordedInOtherGroup,
  recordedLater,
  // All files together.
  backupWithoutFreshness,
  tenantNotPinned,
  itemWithoutTarget,
  targetWithoutItem,
  classWithoutAlerts,
  criticalUnheard,
  defaultReceiverOnly,
  duplicateDashboardUid,
  recordedTwice,
  recordingCycle,
  sameCondition,
  silenceCareless,
  toldLate,
  watchdogMissing,
  // Configurations of Alertmanager.
  alertmanagerDoubtful,
  alertmanagerRefused,
  endNotTold,
  groupByPlace,
  inhibitNever,
  inhibitTooWide,
  receiverUnused,
  routeUnreachable,
  // Dashboards.
  dashboardDatasourceFixed,
  dashboardEditable,
  duplicatePanelId,
  panelRateInterval,
  panelUntitled,
  panelWithoutQuery,
  panelWithoutUnit,
  undefinedVariable,
  unusedVariable,
  variableNotReloaded,
];
