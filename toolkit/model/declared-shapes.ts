import type { SourceSpan } from '../diagnostics/index.ts';
import type { Alert, AlertDeclaration, AlertPack } from './alert-pack.ts';
import type { Attribute } from './attribute.ts';
import type { Catalogue } from './catalogue.ts';
import type { ClassDashboard, DashboardRow } from './class-dashboard.ts';
import { parseDay } from './day.ts';
import type { ItemsDeclaration } from './define-items.ts';
import type { OrganisationDeclaration, OrganisationHead } from './define-organisation.ts';
import { parseDuration } from './duration.ts';
import type { ItemCriteria, ItemSelection } from './item-selection.ts';
import type { JsonValue } from './json.ts';
import type { AttributeConflict, ExporterSource, ObjectClass, ProbeSource, Signal } from './object-class.ts';
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
import type { PolicyReference } from './policy.ts';
import { isSecretReference } from './secret.ts';
import {
  aFunction,
  andOthers,
  anObject,
  anyText,
  anything,
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
  someText,
  type ValueShape,
  value,
  variants,
  yesOrNo,
} from './shape.ts';
import type { Stack, StackHead, TuningChange, WaiverTerms } from './stack.ts';
import { targetNames } from './target-name.ts';
import type { BilingualText } from './text.ts';

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
const secret = value('a reference to a secret such as { $secret: "env:NAME" }', isSecret);
const textOrSecret = value('a text, or a reference to a secret', (given) => isText(given) || isSecret(given));

export const bilingual = fieldsOf<BilingualText>({ en: someText, zh: someText }, 'a text in two languages: { en, zh }');
const tierId = oneOf(tierIds);
const severity = oneOf(alertSeverities);
const criticality = oneOf(criticalities);
/** Recorded by our own calls. */
const source = andOthers(fieldsOf<Pick<SourceSpan, 'file'>>({ file: someText }));

// Selections of items

const someTexts = oneOrMore(someText);
const criteria = fieldsOf<ItemCriteria>(
  {
    id: maybeDefined(someTexts),
    class: maybeDefined(someTexts),
    site: maybeDefined(someTexts),
    owner: maybeDefined(someTexts),
    tenant: maybeDefined(someTexts),
    criticality: maybeDefined(oneOrMore(criticality)),
  },
  'criteria such as { site: "plant-1", class: "host" }',
);

const selection = made<ItemSelection>(
  { kind: oneOf(['item-selection']), criteria, source },
  'a selection of items: items.where({...}) or item("...")',
);

export const selectionShapes = { criteria, id: fieldsOf<{ id: string }>({ id: someText }) };

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
const signalSource = variants(
  'kind',
  {
    exporter: fieldsOf<ExporterSource<never>>({
      kind: anything,
      exporter: someText,
      interval: duration,
      path: maybe(someText),
      endpoint: aFunction,
    }),
    probe: fieldsOf<ProbeSource<never>>({ kind: anything, interval: duration, endpoint: aFunction, module: aFunction }),
  },
  { expected: 'a source such as { kind: "exporter", ... }' },
);
const signal = fieldsOf<Signal>({
  title: bilingual,
  unit: oneOf(['ratio', 'seconds', 'bytes', 'bytes-per-second', 'per-second', 'count', 'boolean', 'days']),
  direction: oneOf(['high-is-bad', 'low-is-bad', 'state']),
  from: someText,
  expression: aFunction,
  metrics: listOf(someText),
  partLabels: maybe(listOf(someText)),
});
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

const alertFields = {
  name: someText,
  signal: someText,
  when: oneField(
    fieldsOf<{ above?: number; below?: number; equals?: number }>(
      { above: maybe(finiteNumber), below: maybe(finiteNumber), equals: maybe(finiteNumber) },
      'a condition with exactly one of above, below and equals',
    ),
  ),
  for: duration,
  severity,
  summary: bilingual,
  runbook: someText,
  criticality: maybe(listOf(criticality)),
  meansDown: maybe(yesOrNo),
  supersedes: maybe(someText),
  rationale: someText,
  clauses: listOf(someText),
};
const misspeltKey =
  'Name an alert or a policy that there is, such as hostAlerts.cpuBusy; a misspelt name gives nothing.';
const alert = made<Alert>(
  { ...alertFields, kind: oneOf(['alert']), id: someText, class: someText, source },
  'an alert of a pack, such as hostAlerts.cpuBusy',
  misspeltKey,
);
/** Its alerts are fields beside these two, under names of the author's choice. */
const alertPack = andOthers(
  made<AlertPack>({ class: objectClass, alerts: recordOf(alert) }, 'an alert pack made by defineAlertPack(...)'),
);
const dashboardFields = {
  title: bilingual,
  rows: listOf(fieldsOf<DashboardRow>({ title: bilingual, signals: listOf(someText) })),
};
const dashboard = made<ClassDashboard>(
  { ...dashboardFields, class: objectClass, source },
  'a dashboard made by defineClassDashboard(...)',
);

export const catalogueShapes = {
  class: fieldsOf<Omit<ObjectClass, 'source'>>(classFields),
  /** What the function `module` of a probe gives. */
  module: fieldsOf<{ name: string; settings: unknown }>({ name: someText, settings: anObject }),
  alertPack: fieldsOf<{ class: unknown; alerts: unknown }>({
    class: objectClass,
    alerts: recordOf(fieldsOf<AlertDeclaration>(alertFields)),
  }),
  dashboard: fieldsOf<{ class: unknown; declaration: unknown }>({
    class: objectClass,
    declaration: fieldsOf<Omit<ClassDashboard, 'class' | 'source'>>(dashboardFields),
  }),
};

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
  catalogue: fieldsOf<Catalogue>({
    classes: listOf(objectClass),
    alerts: listOf(alertPack),
    dashboards: listOf(dashboard),
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

// Stacks

const terms = fieldsOf<WaiverTerms>(
  { reason: someText, approver: someText, until: dayOfCalendar },
  'terms: { reason, approver, until }',
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
};

/** The arguments of each call, by the names that they have in its declaration. */
export const stackShapes = {
  head: fieldsOf<StackHead>(stackFields),
  operate: fieldsOf<{ selection: unknown }>({ selection }),
  tune: fieldsOf<{ selection: unknown; alert: unknown; change: unknown }>({
    selection,
    alert,
    change: fieldsOf<TuningChange>(
      { threshold: maybe(finiteNumber), for: maybe(duration), severity: maybe(severity), reason: someText },
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
