import type { SourceSpan } from '../diagnostics/index.ts';
import type { Alert, AlertDeclaration, AlertPack, AlertSamples, PatchNote } from './alert-pack.ts';
import type { Attribute } from './attribute.ts';
import type { Catalogue } from './catalogue.ts';
import type { AlertDisabling, AlertPatch, PatchChange } from './catalogue-patch.ts';
import type { ClassDashboard, DashboardRow } from './class-dashboard.ts';
import { madeScriptShape } from './collection-script-shape.ts';
import type {
  LibraryPanel,
  PanelDeclaration,
  PanelQuery,
  PanelStep,
  PanelView,
  PanelWord,
  TableColumn,
} from './dashboard-panel.ts';
import { parseDay } from './day.ts';
import type { ItemsDeclaration } from './define-items.ts';
import type { OrganisationDeclaration, OrganisationHead } from './define-organisation.ts';
import { parseDuration } from './duration.ts';
import { includedShape } from './included-shapes.ts';
import type { IpmiModule } from './ipmi-module.ts';
import type { ItemCriteria, ItemSelection } from './item-selection.ts';
import type { JsonValue } from './json.ts';
import type { ModbusMetric, ModbusModule } from './modbus-module.ts';
import type { AttributeConflict, ObjectClass } from './object-class.ts';
import {
  alertSeverities,
  type Calendar,
  type CalendarHours,
  criticalities,
  type NotificationChannel,
  type Person,
  type Site,
  type Supplier,
  type Team,
  type Tenant,
  type Tier,
  tierIds,
} from './organisation.ts';
import { panelColours } from './panel-colour.ts';
import type { Pipeline } from './pipeline.ts';
import type { PolicyReference } from './policy.ts';
import type { Screen, ScreenDeclaration, ScreenTile } from './screen.ts';
import { isSecretReference } from './secret.ts';
import {
  aFunction,
  andOthers,
  anObject,
  anyText,
  anything,
  type BranchShape,
  either,
  fieldsOf,
  finiteNumber,
  isText,
  listOf,
  made,
  matching,
  maybe,
  maybeDefined,
  oneField,
  oneOf,
  recordOf,
  type Shape,
  secret,
  someText,
  textOr,
  type ValueShape,
  value,
  variants,
  yesOrNo,
} from './shape.ts';
import type { MetricFact, ReadFromOne, ReadFromSeveral, Reading, SignalMeaning } from './signal.ts';
import type { ExporterSource, IpmiSource, JsonSource, ModbusSource, ProbeSource, SnmpSource } from './signal-source.ts';
import type {
  BadRatio,
  BurnAlert,
  CounterSelector,
  GoodRatio,
  LatencyIndicator,
  LowTraffic,
  SlaPromise,
  Slo,
  TimeSliceIndicator,
} from './slo.ts';
import type {
  SnmpCommunityAccess,
  SnmpIndex,
  SnmpLookup,
  SnmpMetric,
  SnmpModule,
  SnmpUserAccess,
} from './snmp-module.ts';
import type { Stack, StackHead, TuningChange, WaiverTerms } from './stack.ts';
import { targetNames } from './target-name.ts';
import type { BilingualText } from './text.ts';
import type { AttributeThreshold, Baseline, BaselineFacts, ThresholdCase, ThresholdCriteria } from './threshold.ts';

// One table of everything that content declares; what only fits together or not is checked by the compilers.

const isDuration = (given: unknown) => typeof given === 'string' && parseDuration(given) !== null;
const duration = value('a duration as Prometheus writes it, such as 30s, 5m, 1h30m', isDuration);
const isDay = (given: unknown) => typeof given === 'string' && parseDay(given) !== null;
const dayOfCalendar = value('a day such as 2027-03-31', isDay);
const timeOfDay = matching('a time such as 08:30, up to 24:00', /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const dayNames = '(mon|tues|wednes|thurs|fri|satur|sun)day';
const weekdays = matching(
  'a day such as monday, or days such as monday:friday',
  new RegExp(`^${dayNames}(:${dayNames})?$`),
);
const isSecret = (given: unknown) => isSecretReference(given as JsonValue);
const isRegister = (given: unknown) => Number.isInteger(given) && Number(given) >= 0 && Number(given) <= 65_535;
const textOrSecret = value('a text, or a reference to a secret', (given) => isText(given) || isSecret(given));

export const bilingual = fieldsOf<BilingualText>({ en: someText, zh: someText }, 'a text in two languages: { en, zh }');
const tierId = oneOf(tierIds);
const severity = oneOf(alertSeverities);
const criticality = oneOf(criticalities);
/** Recorded by our own calls. */
const source = andOthers(fieldsOf<Pick<SourceSpan, 'file'>>({ file: someText }));

// Selections of items

const someTexts = oneOrMore(someText);
const isScalar = (given: unknown) => ['string', 'number', 'boolean'].includes(typeof given);
const wantedAttribute = oneOrMore(value('a text, a number, true or false', isScalar));
const classlessCriteria = {
  id: maybeDefined(someTexts),
  site: maybeDefined(someTexts),
  owner: maybeDefined(someTexts),
  tenant: maybeDefined(someTexts),
  criticality: maybeDefined(oneOrMore(criticality)),
  attributes: maybeDefined(recordOf(wantedAttribute)),
};
const criteria = fieldsOf<ItemCriteria>(
  { ...classlessCriteria, class: maybeDefined(someTexts) },
  'criteria such as { site: "plant-1", class: "host" }',
);

const selection = made<ItemSelection>(
  { kind: oneOf(['item-selection']), criteria, source },
  'a selection of items: items.where({...}) or item("...")',
);

export const selectionShapes = { criteria, id: fieldsOf<{ id: string }>({ id: someText }) };

// Thresholds

const isQuantile = (given: unknown) => typeof given === 'number' && given >= 0 && given <= 1;
const baselineFields = {
  value: finiteNumber,
  quantile: value('a share from 0 to 1, such as 0.99', isQuantile),
  window: duration,
  until: dayOfCalendar,
  headroom: maybe(finiteNumber),
};
const baselineValue = made<Baseline>(
  { ...baselineFields, kind: oneOf(['baseline']), source },
  'a number, or baseline({...}) where history gave it',
);
const threshold: BranchShape = {
  kind: 'branch',
  choose: (given) => (typeof given === 'object' && given !== null ? baselineValue : finiteNumber),
};
const attributeThreshold = fieldsOf<AttributeThreshold>({ attribute: someText, times: maybe(finiteNumber) });
const thresholdCase = fieldsOf<ThresholdCase>({
  where: maybeDefined(fieldsOf<ThresholdCriteria>(classlessCriteria, 'criteria such as { criticality: "critical" }')),
  threshold: {
    kind: 'branch',
    choose: (given) =>
      typeof given === 'object' && given !== null && 'attribute' in given ? attributeThreshold : threshold,
  },
  reason: someText,
});

export const thresholdShapes = { facts: fieldsOf<BaselineFacts>(baselineFields) };

// The organisation

const tier = fieldsOf<Tier>({
  id: tierId,
  title: bilingual,
  escalateAfter: maybe(duration),
  escalateWarningsAfter: maybe(duration),
});
const site = fieldsOf<Site>({ id: someText, title: bilingual, tier: tierId, timeZone: someText });
const severities = maybe(listOf(severity));
type Channel<Kind extends NotificationChannel['kind']> = Extract<NotificationChannel, { readonly kind: Kind }>;
const channel = variants(
  'kind',
  {
    webhook: fieldsOf<Channel<'webhook'>>({ kind: anything, url: textOrSecret, severities }),
    email: fieldsOf<Channel<'email'>>({
      kind: anything,
      to: someText,
      from: someText,
      smarthost: someText,
      requireTls: maybe(yesOrNo),
      username: maybe(someText),
      password: maybe(secret),
      severities,
    }),
    wecom: fieldsOf<Channel<'wecom'>>({
      kind: anything,
      corporationId: someText,
      agentId: someText,
      apiSecret: secret,
      apiUrl: maybe(someText),
      toParty: maybe(someText),
      toUser: maybe(someText),
      severities,
    }),
  },
  { expected: 'a channel such as { kind: "webhook", url: "..." }' },
);
const team = fieldsOf<Team>({
  id: someText,
  title: bilingual,
  tier: tierId,
  site: someText,
  channels: listOf(channel),
  hours: maybe(someText),
});
const person = fieldsOf<Person>({
  id: someText,
  name: someText,
  team: someText,
  roles: listOf(someText),
  email: maybe(someText),
});
const tenant = fieldsOf<Tenant>({ id: someText, title: bilingual, owner: someText });
const supplier = fieldsOf<Supplier>({
  id: someText,
  title: bilingual,
  contact: someText,
  contractUntil: maybe(dayOfCalendar),
});
const calendar = fieldsOf<Calendar>({
  id: someText,
  title: bilingual,
  timeZone: someText,
  hours: listOf(fieldsOf<CalendarHours>({ weekdays: listOf(weekdays), from: timeOfDay, to: timeOfDay })),
});

// The catalogue

const attribute = fieldsOf<Omit<Attribute, '__value'>>(
  {
    schema: anObject,
    required: yesOrNo,
    cell: oneOf(['text', 'integer', 'number', 'boolean', 'list']),
    doc: someText,
    default: maybe(anything),
  },
  'an attribute such as text("..."), port("...") or optional(flag("..."))',
);
const commonSource = { kind: anything, interval: duration, timeout: maybe(duration), when: maybe(aFunction) };
const collectedSource = { ...commonSource, exporter: someText, endpoint: aFunction, module: aFunction };
const metricsPath = matching('a path such as /metrics, with its query in params', /^\/[^?#\s]*$/);
const signalSource = variants(
  'kind',
  {
    exporter: fieldsOf<ExporterSource<never>>({
      ...commonSource,
      exporter: someText,
      path: maybe(metricsPath),
      params: maybe(recordOf(listOf(anyText))),
      scheme: maybe(oneOf(['http', 'https'])),
      insecureTls: maybe(yesOrNo),
      endpoint: aFunction,
      sharedBy: maybe(listOf(someText)),
      shareOf: maybe(aFunction),
    }),
    probe: fieldsOf<ProbeSource<never>>({ ...commonSource, endpoint: aFunction, module: aFunction }),
    snmp: fieldsOf<SnmpSource<never>>({ ...collectedSource, access: aFunction }),
    modbus: fieldsOf<ModbusSource<never>>({ ...collectedSource, unit: aFunction }),
    ipmi: fieldsOf<IpmiSource<never>>(collectedSource),
    json: fieldsOf<JsonSource<never>>(collectedSource),
  },
  { expected: 'a source such as { kind: "exporter", ... }' },
);
const metricFact = fieldsOf<MetricFact>({
  name: someText,
  type: maybe(oneOf(['gauge', 'counter', 'histogram', 'summary'])),
  labels: maybe(listOf(someText)),
  since: maybe(someText),
  until: maybe(someText),
  collector: maybe(someText),
});
const readingFields = { expression: aFunction, metrics: listOf(textOr(metricFact)) };
const meaningFields = {
  title: bilingual,
  unit: oneOf(['ratio', 'seconds', 'bytes', 'bytes-per-second', 'per-second', 'count', 'boolean', 'days', 'celsius']),
  direction: oneOf(['high-is-bad', 'low-is-bad', 'state']),
  partLabels: maybe(listOf(someText)),
};
const signal = either(
  'readings',
  fieldsOf<SignalMeaning & Pick<ReadFromSeveral, 'readings'>>({
    ...meaningFields,
    readings: recordOf(fieldsOf<Reading>(readingFields)),
  }),
  fieldsOf<SignalMeaning & Omit<ReadFromOne, 'readings'>>({ ...meaningFields, ...readingFields, from: someText }),
);
const classFields = {
  id: someText,
  title: bilingual,
  attributes: recordOf(attribute),
  sources: recordOf(signalSource),
  signals: recordOf(signal),
  conflicts: maybe(
    listOf(fieldsOf<AttributeConflict>({ when: recordOf(anything), without: someText, because: someText })),
  ),
};
const objectClass = made<ObjectClass>({ ...classFields, source }, 'a class made by defineClass({...})');

/** Labels that the item, the compiler or Prometheus gives. */
const takenLabels: ReadonlySet<string> = new Set([
  ...['item', 'class', 'tier', 'site', 'tenant', 'team', 'criticality', 'severity'],
  ...['alertname', 'alert', 'variant', 'escalated', 'job', 'instance'],
]);
const sampleValue = value(
  'a finite number, or how fast a counter grows, such as 5/s',
  (given) => Number.isFinite(given) || (typeof given === 'string' && /^-?\d+(\.\d+)?\/s$/.test(given)),
);
export const alertSamples = fieldsOf<AlertSamples>({ bad: recordOf(sampleValue), good: recordOf(sampleValue) });
const alertFields = {
  name: someText,
  signal: someText,
  when: oneField(
    fieldsOf<{ above?: number; below?: number; equals?: number }>(
      { above: maybe(finiteNumber), below: maybe(finiteNumber), equals: maybe(finiteNumber) },
      'a condition with exactly one of above, below and equals',
    ),
  ),
  thresholds: maybe(listOf(thresholdCase)),
  for: duration,
  severity,
  summary: bilingual,
  runbook: someText,
  labels: maybe(extraLabels()),
  criticality: maybe(listOf(criticality)),
  meansDown: maybe(yesOrNo),
  supersedes: maybe(someText),
  samples: maybe(alertSamples),
  rationale: someText,
  clauses: listOf(someText),
};
const misspeltKey =
  'Name an alert or a policy that there is, such as hostAlerts.cpuBusy; a misspelt name gives nothing.';
const alert = made<Alert>(
  {
    ...alertFields,
    kind: oneOf(['alert']),
    id: someText,
    class: someText,
    source,
    patched: maybe(fieldsOf<PatchNote>({ reason: someText, source })),
  },
  'an alert of a pack, such as hostAlerts.cpuBusy',
  misspeltKey,
);
/** Its alerts are fields beside these two, under names of the author's choice. */
const alertPack = andOthers(
  made<AlertPack>({ class: objectClass, alerts: recordOf(alert) }, 'an alert pack made by defineAlertPack(...)'),
);
const aPanel = andOthers(
  made<Pick<LibraryPanel, 'kind' | 'id'>>(
    { kind: oneOf(['panel']), id: someText },
    'a panel made by definePanel({...})',
  ),
);
const dashboardFields = {
  title: bilingual,
  rows: listOf(fieldsOf<DashboardRow>({ title: bilingual, signals: listOf(someText), panels: maybe(listOf(aPanel)) })),
  overview: maybe(listOf(someText)),
  forecast: maybe(listOf(someText)),
};
const dashboard = made<ClassDashboard>(
  { ...dashboardFields, class: objectClass, source },
  'a dashboard made by defineClassDashboard(...)',
);

const oid = matching('an object identifier such as 1.3.6.1.2.1.1.3', /^\d+(\.\d+)+$/);
const snmpType = oneOf(['gauge', 'counter', 'DisplayString', 'OctetString', 'PhysAddress48', 'DateAndTime']);
const moduleName = matching('a name of letters, digits, _ and -', /^[\w-]+$/);
const snmpModule = fieldsOf<SnmpModule>({
  name: moduleName,
  metrics: recordOf(
    fieldsOf<SnmpMetric>({
      oid,
      type: snmpType,
      help: someText,
      index: maybe(listOf(fieldsOf<SnmpIndex>({ label: someText, type: snmpType }))),
      lookups: maybe(listOf(fieldsOf<SnmpLookup>({ label: someText, by: listOf(someText), oid, type: snmpType }))),
    }),
  ),
  maxRepetitions: maybe(finiteNumber),
  retries: maybe(finiteNumber),
  timeout: maybe(duration),
});
const snmpCommunityAccess = fieldsOf<SnmpCommunityAccess>({ name: moduleName, version: anything, community: secret });
const snmpUserAccess = fieldsOf<SnmpUserAccess>({
  name: moduleName,
  version: anything,
  user: someText,
  password: maybe(secret),
  passwordProtocol: maybe(oneOf(['MD5', 'SHA', 'SHA224', 'SHA256', 'SHA384', 'SHA512'])),
  encryption: maybe(secret),
  encryptionProtocol: maybe(oneOf(['DES', 'AES', 'AES192', 'AES192C', 'AES256', 'AES256C'])),
});
const snmpAccess = either('community', snmpCommunityAccess, snmpUserAccess);
const modbusModule = fieldsOf<ModbusModule>({
  name: moduleName,
  metrics: listOf(
    fieldsOf<ModbusMetric>({
      name: someText,
      help: someText,
      from: oneOf(['input-register', 'holding-register']),
      address: value('a whole number from 0 to 65535', isRegister),
      dataType: oneOf(['int16', 'uint16', 'int32', 'uint32', 'float32']),
      factor: maybe(finiteNumber),
      labels: maybe(recordOf(anyText)),
    }),
  ),
});
const ipmiModule = fieldsOf<IpmiModule>({
  name: moduleName,
  user: someText,
  password: secret,
  privilege: oneOf(['user', 'operator', 'admin']),
  collectors: listOf(oneOf(['bmc', 'ipmi', 'chassis', 'dcmi', 'sel', 'sm-lan-mode'])),
  timeoutMs: finiteNumber,
});

export const catalogueShapes = {
  class: fieldsOf<Omit<ObjectClass, 'source'>>(classFields),
  /** What the function `module` of a probe gives. */
  module: fieldsOf<{ name: string; settings: unknown }>({ name: someText, settings: anObject }),
  snmpModule,
  snmpAccess,
  modbusModule,
  ipmiModule,
  alertPack: fieldsOf<{ class: unknown; alerts: unknown }>({
    class: objectClass,
    alerts: recordOf(fieldsOf<AlertDeclaration>(alertFields)),
  }),
  dashboard: fieldsOf<{ class: unknown; declaration: unknown }>({
    class: objectClass,
    declaration: fieldsOf<Omit<ClassDashboard, 'class' | 'source'>>(dashboardFields),
  }),
};

// Panels and screens

const dashedWords = matching('lower-case words with dashes, such as plant-floor', /^[a-z0-9]+(-[a-z0-9]+)*$/);
const panelUnit = oneOf([
  'ratio',
  'seconds',
  'bytes',
  'bytes-per-second',
  'per-second',
  'count',
  'boolean',
  'days',
  'celsius',
]);
const panelColour = oneOf(panelColours);
type View<Kind extends PanelView['kind']> = Extract<PanelView, { readonly kind: Kind }>;
const panelView = variants(
  'kind',
  {
    number: fieldsOf<View<'number'>>({
      kind: anything,
      colour: maybe(oneOf(['text', 'background'])),
      sparkline: maybe(yesOrNo),
    }),
    map: fieldsOf<View<'map'>>({ kind: anything }),
    trend: fieldsOf<View<'trend'>>({
      kind: anything,
      stacked: maybe(yesOrNo),
      legend: maybe(oneOf(['table', 'list'])),
    }),
    bars: fieldsOf<View<'bars'>>({ kind: anything }),
    gauge: fieldsOf<View<'gauge'>>({ kind: anything }),
    states: fieldsOf<View<'states'>>({ kind: anything }),
    table: fieldsOf<View<'table'>>({
      kind: anything,
      columns: listOf(fieldsOf<TableColumn>({ label: someText, title: bilingual })),
    }),
    text: fieldsOf<View<'text'>>({ kind: anything, markdown: bilingual }),
  },
  { expected: 'how the panel looks: { kind: "number" } and the like' },
);
const panelFields = {
  id: dashedWords,
  title: bilingual,
  description: maybe(bilingual),
  show: panelView,
  queries: listOf(fieldsOf<PanelQuery>({ expr: someText, legend: maybe(anyText), instant: maybe(yesOrNo) })),
  unit: maybe(panelUnit),
  steps: maybe(listOf(fieldsOf<PanelStep>({ from: value('a number, or null', isNumberOrNull), colour: panelColour }))),
  words: maybe(listOf(fieldsOf<PanelWord>({ value: finiteNumber, text: bilingual, colour: panelColour }))),
  minimum: maybe(finiteNumber),
  maximum: maybe(finiteNumber),
  whenEmpty: maybe(bilingual),
};
const wholeFromZero = value('a whole number, 0 or more', (given) => Number.isInteger(given) && Number(given) >= 0);
const wholeFromOne = value('a whole number, 1 or more', (given) => Number.isInteger(given) && Number(given) >= 1);
const libraryPanel = made<LibraryPanel>(
  { ...panelFields, kind: oneOf(['panel']), source },
  'a panel made by definePanel({...})',
);
const screenFields = {
  id: dashedWords,
  title: bilingual,
  refresh: maybe(duration),
  range: maybe(duration),
  tiles: listOf(
    fieldsOf<ScreenTile>({
      panel: libraryPanel,
      x: wholeFromZero,
      y: wholeFromZero,
      width: wholeFromOne,
      height: wholeFromOne,
    }),
  ),
};
const screen = made<Screen>(
  { ...screenFields, kind: oneOf(['screen']), source },
  'a screen made by defineScreen({...})',
);

export const panelShapes = {
  panel: fieldsOf<PanelDeclaration>(panelFields),
  screen: fieldsOf<ScreenDeclaration>(screenFields),
};

function isNumberOrNull(given: unknown): boolean {
  return given === null || Number.isFinite(given);
}

const terms = fieldsOf<WaiverTerms>(
  { reason: someText, approver: someText, until: dayOfCalendar },
  'terms: { reason, approver, until }',
);

/** The arguments of each call. */
export const patchShapes = {
  patch: fieldsOf<Pick<AlertPatch, 'alert' | 'change'>>({
    alert,
    change: fieldsOf<PatchChange>(
      {
        threshold: maybe(threshold),
        thresholds: maybe(listOf(thresholdCase)),
        for: maybe(duration),
        severity: maybe(severity),
        summary: maybe(bilingual),
        runbook: maybe(someText),
        labels: maybe(extraLabels()),
        criticality: maybe(listOf(criticality)),
        reason: someText,
      },
      'what changes, and why: { threshold, thresholds, for, severity, summary, runbook, labels, criticality, reason }',
    ),
  }),
  disable: fieldsOf<Pick<AlertDisabling, 'alert' | 'terms'>>({ alert, terms }),
};
const cataloguePatch = variants(
  'kind',
  { 'alert-patch': andOthers(patchShapes.patch), 'alert-disabling': andOthers(patchShapes.disable) },
  { expected: 'patch(alert, {...}) or disable(alert, {...})' },
);

/** Those of the contract and of routing have a meaning of their own, and cannot be set by hand. */
function extraLabels(): Shape {
  const areNames = (given: unknown) =>
    Object.keys(given ?? {}).every((name) => /^[a-zA-Z_]\w*$/.test(name) && !takenLabels.has(name));
  const refused = value(
    `labels of other names than ${[...takenLabels].join(', ')}, of letters, digits and _`,
    () => false,
  );
  return { kind: 'branch', choose: (given) => (areNames(given) ? recordOf(someText) : refused) };
}

const organisationFields = {
  id: someText,
  title: bilingual,
  tiers: listOf(tier),
  sites: listOf(site),
  teams: listOf(team),
  people: maybe(listOf(person)),
  tenants: maybe(listOf(tenant)),
  suppliers: maybe(listOf(supplier)),
  calendars: maybe(listOf(calendar)),
  runbookBase: someText,
  runbookSuffix: maybe(anyText),
  dashboardBase: maybe(someText),
  catalogue: fieldsOf<Catalogue>({
    classes: listOf(objectClass),
    alerts: listOf(alertPack),
    dashboards: listOf(dashboard),
    patches: maybe(listOf(cataloguePatch)),
  }),
};

export const organisationShape = fieldsOf<OrganisationHead>(organisationFields);

// Items: what their fields hold is checked with those of YAML and CSV, by one and the same code.

const itemFields = {
  id: anything,
  title: maybe(anything),
  site: anything,
  owner: anything,
  tenant: maybe(anything),
  criticality: maybe(anything),
  stage: maybe(anything),
  supplier: maybe(anything),
  identity: maybe(anything),
  attributes: anything,
  relations: maybe(anything),
};

export const itemsShape = fieldsOf<{ class: unknown; items: unknown }>({
  class: objectClass,
  items: listOf(fieldsOf<Record<keyof typeof itemFields, unknown>>(itemFields as never)),
});

// Objectives

const isShare = (given: unknown) => typeof given === 'number' && given > 0 && given < 1;
const share = value('a share above 0 and below 1, such as 0.999', isShare);
const isPositive = (given: unknown) => Number.isFinite(given) && Number(given) > 0;
const positiveNumber = value('a number above 0', isPositive);
const isSpan = (given: unknown) => typeof given === 'string' && (parseDuration(given) ?? 0) > 0;
const timeSpan = value('a duration above zero, such as 5m, 1h, 30d', isSpan);
const sloId = matching('lower-case words with dashes, such as mes-answers', /^[a-z0-9]+(-[a-z0-9]+)*$/);
const metricName = matching('a name of a metric, such as http_requests_total', /^[a-zA-Z_:][\w:]*$/);
const labelTest = textOr(
  oneField(
    fieldsOf<{ not?: string; matching?: string; notMatching?: string }>(
      { not: maybe(anyText), matching: maybe(anyText), notMatching: maybe(anyText) },
      'a text, or a test with exactly one of not, matching and notMatching',
    ),
  ),
);
const counterSelector = fieldsOf<CounterSelector>(
  { metric: metricName, where: maybe(labelTests()) },
  'a selector such as { metric: "http_requests_total", where: { code: "200" } }',
);
const condition = oneField(
  fieldsOf<{ above?: number; below?: number; equals?: number }>(
    { above: maybe(finiteNumber), below: maybe(finiteNumber), equals: maybe(finiteNumber) },
    'a condition with exactly one of above, below and equals',
  ),
);
const slo = andOthers(
  made<Pick<Slo, 'kind' | 'id'>>({ kind: oneOf(['slo']), id: sloId }, 'an SLO made by defineSlo({...})'),
);
const weightedPart = fieldsOf<{ slo: unknown; weight: number }>({ slo, weight: positiveNumber });
const indicator = variants(
  'kind',
  {
    ratio: oneOfRatios(),
    latency: fieldsOf<LatencyIndicator>({ kind: anything, histogram: counterSelector, below: positiveNumber }),
    timeSlice: fieldsOf<Omit<TimeSliceIndicator, 'class'> & { of: unknown }>({
      kind: anything,
      of: objectClass,
      signal: someText,
      good: condition,
      slice: timeSpan,
      across: maybe(oneOf(['all', 'any'])),
    }),
    composite: fieldsOf<{ kind: unknown; rule: unknown; of: unknown }>({
      kind: anything,
      rule: oneOf(['all', 'weighted']),
      of: listOf(either('weight', weightedPart, slo)),
    }),
  },
  { expected: 'an indicator such as { kind: "ratio", good: {...}, total: {...} }' },
);

/** Names are the author's, but they are written into PromQL as they are. */
function labelTests(): Shape {
  const areNames = (given: unknown) => Object.keys(given ?? {}).every((name) => /^[a-zA-Z_]\w*$/.test(name));
  const refused = value('tests by names of labels, which are letters, digits and _', () => false);
  return { kind: 'branch', choose: (given) => (areNames(given) ? recordOf(labelTest) : refused) };
}

function oneOfRatios() {
  const fields = { kind: anything, good: maybe(counterSelector), bad: maybe(counterSelector), total: counterSelector };
  return fieldsOf<Omit<GoodRatio, 'good' | 'bad'> & Partial<Pick<GoodRatio, 'good'> & Pick<BadRatio, 'bad'>>>(
    fields as never,
  );
}

export const sloShape = fieldsOf<Omit<Slo, 'kind' | 'source'>>({
  id: sloId,
  title: bilingual,
  service: selection,
  objective: share,
  window: either(
    'rolling',
    fieldsOf<{ rolling: string }>({ rolling: timeSpan }),
    fieldsOf<{ calendar: string; zone: string }>({ calendar: oneOf(['month', 'quarter']), zone: someText }),
  ),
  indicator,
  promised: maybe(fieldsOf<SlaPromise>({ objective: share, to: someText })),
  lowTraffic: maybe(
    fieldsOf<LowTraffic>({ minimumEvents: positiveNumber, in: timeSpan, usualEvents: maybe(positiveNumber) }),
  ),
  excludes: maybe(
    listOf(
      either(
        'calendar',
        fieldsOf<{ calendar: string }>({ calendar: someText }),
        fieldsOf<{ series: CounterSelector }>({ series: counterSelector }),
      ),
    ),
  ),
  alerting: maybe(
    listOf(fieldsOf<BurnAlert>({ severity: oneOf(['critical', 'warning']), budget: share, long: timeSpan })),
  ),
  team: maybe(someText),
  runbook: maybe(someText),
  clauses: maybe(listOf(someText)),
});

// Stacks

const pipeline = andOthers(
  made<Pick<Pipeline, 'kind' | 'id'>>(
    { kind: oneOf(['pipeline']), id: sloId },
    'a pipeline made by definePipeline({...})',
  ),
);
const policy = andOthers(
  made<PolicyReference>({ kind: oneOf(['policy']), id: someText }, 'a policy made by definePolicy({...})'),
);

const stackFields = {
  name: someText,
  tier: tierId,
  site: someText,
  parent: maybe(someText),
  team: someText,
  targets: maybe(listOf(oneOf(targetNames))),
  retention: maybe(timeSpan),
  deadMan: maybe(textOrSecret),
};

/** The arguments of each call, by the names that they have in its declaration. */
export const stackShapes = {
  head: fieldsOf<StackHead>(stackFields),
  operate: fieldsOf<{ selection: unknown }>({ selection }),
  uphold: fieldsOf<{ slo: unknown }>({ slo }),
  collect: fieldsOf<{ pipeline: unknown; selection: unknown }>({ pipeline, selection }),
  schedule: fieldsOf<{ script: unknown; selection: unknown }>({ script: madeScriptShape, selection }),
  display: fieldsOf<{ screen: unknown }>({ screen }),
  include: fieldsOf<{ content: unknown; terms?: unknown }>({ content: includedShape, terms: maybe(terms) }),
  tune: fieldsOf<{ selection: unknown; alert: unknown; change: unknown }>({
    selection,
    alert,
    change: fieldsOf<TuningChange>(
      { threshold: maybe(threshold), for: maybe(duration), severity: maybe(severity), reason: someText },
      'what changes, and why: { threshold, for, severity, reason }',
    ),
  }),
  waive: fieldsOf<{ selection: unknown; waived: unknown; terms: unknown }>({
    selection,
    waived: variants('kind', { alert, policy }, { expected: 'an alert of a pack, or a policy', remedy: misspeltKey }),
    terms,
  }),
  protect: fieldsOf<{ pattern: string; reason: string }>({ pattern: someText, reason: someText }),
  muteDrift: fieldsOf<{ pattern: string; terms: unknown }>({ pattern: someText, terms }),
  renamed: fieldsOf<{ from: string; to: string }>({ from: someText, to: someText }),
};

/**
 * What files export. The calls give nothing else; but an object can be written by hand, or be a changed copy of what a
 * call gave.
 */
export const exportShapes = {
  organisation: made<OrganisationDeclaration>(
    {
      ...organisationFields,
      people: listOf(person),
      tenants: listOf(tenant),
      suppliers: listOf(supplier),
      calendars: listOf(calendar),
      kind: anything,
      source,
    },
    'an organisation made by defineOrganisation({...})',
  ),
  stack: andOthers(
    made<Stack>(
      {
        ...stackFields,
        targets: listOf(oneOf(targetNames)),
        operations: listOf(andOthers(stackShapes.operate)),
        objectives: listOf(andOthers(stackShapes.uphold)),
        collections: listOf(andOthers(stackShapes.collect)),
        scripts: listOf(andOthers(stackShapes.schedule)),
        screens: listOf(andOthers(stackShapes.display)),
        inclusions: listOf(andOthers(stackShapes.include)),
        tunings: listOf(andOthers(stackShapes.tune)),
        waivers: listOf(andOthers(stackShapes.waive)),
        protections: listOf(andOthers(stackShapes.protect)),
        mutes: listOf(andOthers(stackShapes.muteDrift)),
        renames: listOf(andOthers(stackShapes.renamed)),
        kind: anything,
        source,
      },
      'a stack made by defineStack({...})',
    ),
  ),
  items: made<ItemsDeclaration>({ kind: anything, items: listOf(anObject) }, 'items made by defineItems(class, [...])'),
};

function oneOrMore(shape: ValueShape): ValueShape {
  const accepts = (given: unknown): boolean =>
    Array.isArray(given) ? given.length > 0 && Array.from(given).every(shape.accepts) : shape.accepts(given);
  return { ...shape, expected: `${shape.expected}, or a list of such`, accepts };
}
