import { alertPack } from './alert-shapes.ts';
import type { Catalogue } from './catalogue.ts';
import { cataloguePatch, dashboard } from './catalogue-shapes.ts';
import { objectClass } from './class-shapes.ts';
import { bilingual, dayOfCalendar, duration, severity, tierId, timeZone, urlOrSecret } from './declared-words.ts';
import type { OrganisationHead } from './define-organisation.ts';
import type {
  Calendar,
  CalendarHours,
  NotificationChannel,
  Person,
  Site,
  Supplier,
  Team,
  Tenant,
  Tier,
} from './organisation.ts';
import { anyText, anything, fieldsOf, listOf, matching, maybe, secret, someText, variants, yesOrNo } from './shape.ts';

const timeOfDay = matching('a time such as 08:30, up to 24:00', /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const dayNames = '(mon|tues|wednes|thurs|fri|satur|sun)day';
const weekdays = matching(
  'a day such as monday, or days such as monday:friday',
  new RegExp(`^${dayNames}(:${dayNames})?$`),
);

const tier = fieldsOf<Tier>({
  id: tierId,
  title: bilingual,
  escalateAfter: maybe(duration),
  escalateWarningsAfter: maybe(duration),
});

const mailRelay = matching('a mail relay with its port, such as mail.example.com:25', /^\S+:\d{1,5}$/);

const site = fieldsOf<Site>({ id: someText, title: bilingual, tier: tierId, timeZone });
const severities = maybe(listOf(severity));

type Channel<Kind extends NotificationChannel['kind']> = Extract<NotificationChannel, { readonly kind: Kind }>;

const channel = variants(
  'kind',
  {
    webhook: fieldsOf<Channel<'webhook'>>({ kind: anything, url: urlOrSecret, severities }),
    email: fieldsOf<Channel<'email'>>({
      kind: anything,
      to: someText,
      from: someText,
      smarthost: mailRelay,
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

export const person = fieldsOf<Person>({
  id: someText,
  name: someText,
  team: someText,
  roles: listOf(someText),
  email: maybe(someText),
});

export const tenant = fieldsOf<Tenant>({ id: someText, title: bilingual, owner: someText });

export const supplier = fieldsOf<Supplier>({
  id: someText,
  title: bilingual,
  contact: someText,
  contractUntil: maybe(dayOfCalendar),
});

export const calendar = fieldsOf<Calendar>({
  id: someText,
  title: bilingual,
  timeZone,
  hours: listOf(fieldsOf<CalendarHours>({ weekdays: listOf(weekdays), from: timeOfDay, to: timeOfDay })),
});

export const organisationFields = {
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
