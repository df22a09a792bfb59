import {
  type AlertSeverity,
  alertSeverities,
  type Calendar,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Resource,
  type ResourcePart,
  type Team,
  type Tenant,
} from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { type OperatedStack, paced } from '../operated-stack.ts';
import { watchdogAlert } from '../watchdog.ts';
import { compileInhibition } from './inhibition.ts';
import { compileReceiver, deadManReceiver, messageTemplate, receiverName } from './receivers.ts';

/** Nobody hears of it here; it is still seen in Alertmanager. */
const nobody = 'nobody';

/** Called as long as all is well. */
const deadMan = 'dead-man';

/** Information is told to nobody, so it has no receivers. */
const toldSeverities = alertSeverities.filter((severity) => severity !== 'info');

interface NamedRoute {
  readonly name: string;
  readonly text: string;
  readonly route: JsonObject;
}

/**
 * Who hears what at one control point. Prometheus sends its alerts to the Alertmanagers of its own tier and of all tiers
 * above; this routing decides who is told:
 *   1. what has escalated to this tier wakes the control point's team; what has escalated elsewhere is not told here;
 *   2. alerts of the tiers below are told at L1, at once, and nowhere between;
 *   3. an own alert goes to the tenant's team, if it has one, and to the owner's, by severity and working hours.
 */
export function compileRouting(operated: OperatedStack): readonly Resource[] {
  const { stack } = operated;
  const routes = [
    ...watchdogRoute(operated),
    ...escalationRoutes(operated),
    ...lowerTierRoutes(operated),
    ...tenantRoutes(operated),
    ...ownerRoutes(operated),
    ...unownedRoutes(operated),
  ];
  const teams = teamsHeard(operated);
  const waitedFor = intervalsIn(routes.map(({ route }) => route));
  const calendars = operated.organisation.calendars.filter(({ id }) => waitedFor.has(intervalName(id)));
  const config: JsonObject = {
    global: { resolve_timeout: '5m' },
    templates: ['templates/*.tmpl'],
    route: {
      receiver: receiverName(stack.team, 'warning'),
      group_by: ['alertname', 'site', 'tenant'],
      group_wait: paced(operated, '30s'),
      group_interval: paced(operated, '5m'),
      repeat_interval: paced(operated, '4h'),
      routes: routes.map(({ route }) => route),
    },
    inhibit_rules: compileInhibition(operated),
    receivers: [
      ...teams.flatMap((team) =>
        toldSeverities.map((severity) => compileReceiver(team, severity, operated.surroundings)),
      ),
      ...(stack.deadMan === undefined ? [] : [deadManReceiver(deadMan, stack.deadMan, operated.surroundings)]),
      { name: nobody },
    ],
    ...(calendars.length === 0 ? {} : { time_intervals: calendars.map(timeInterval) }),
  };
  const template = makeResource(operated, {
    type: 'alertmanager-template',
    name: 'opsctl',
    target: 'alertmanager',
    spec: { name: 'opsctl', text: messageTemplate },
    items: [],
    derivation: [
      { kind: 'organisation', subject: stack.name, text: 'Text of e-mails and chat messages, in both languages.' },
    ],
  });
  const main = makeResource(operated, {
    type: 'alertmanager-config',
    name: 'main',
    target: 'alertmanager',
    spec: { config },
    items: operated.monitored,
    clauses: ['S0:7.3.1.1'],
    derivation: [
      operatedStep(operated, `${operated.monitored.length} items in service, owned by ${teams.length} teams`),
      {
        kind: 'organisation',
        subject: stack.team,
        text: `${stack.team} answers for ${stack.name}.`,
        source: operated.organisation.source,
      },
    ],
    parts: routes.map(
      ({ name, text }, index): ResourcePart => ({
        name,
        pointer: `/config/route/routes/${index}`,
        derivation: [{ kind: 'tier-rule', subject: stack.tier, text }],
      }),
    ),
  });
  return [template, main];
}

/**
 * Its own Watchdog only: those of the tiers below arrive here too, and would keep calling when this one has died. Calls
 * come every minute; whoever counts them should allow for five that are missing, which is a restart.
 */
function watchdogRoute(operated: OperatedStack): readonly NamedRoute[] {
  const { stack } = operated;
  if (stack.deadMan === undefined) return [];
  return [
    {
      name: 'watchdog',
      text: `Somebody outside of ${stack.name} is told as long as Prometheus and Alertmanager work.`,
      route: {
        receiver: deadMan,
        matchers: [`alertname="${watchdogAlert}"`, `stack="${stack.name}"`],
        group_wait: '0s',
        group_interval: paced(operated, '1m'),
        // At each interval; one that is as long is over a moment too late every other time.
        repeat_interval: paced(operated, '30s'),
      },
    },
  ];
}

function escalationRoutes({ stack }: OperatedStack): readonly NamedRoute[] {
  const elsewhere: NamedRoute = {
    name: 'escalated-elsewhere',
    text: 'What escalated to another tier is told there.',
    route: { receiver: nobody, matchers: ['escalated!=""'] },
  };
  const here: NamedRoute = {
    name: 'escalated-here',
    text: `What the tiers below did not resolve in time wakes ${stack.team}.`,
    route: {
      receiver: receiverName(stack.team, 'critical'),
      matchers: [`escalated="${stack.tier}"`],
      group_by: ['alert', 'site', 'tenant'],
    },
  };
  return stack.tier === 'L3' ? [elsewhere] : [here, elsewhere];
}

function lowerTierRoutes({ stack, children }: OperatedStack): readonly NamedRoute[] {
  if (children.length === 0) return [];
  const below = `tier!="${stack.tier}"`;
  if (stack.tier !== 'L1') {
    const text = 'Alerts of the tiers below are their own until they escalate.';
    return [{ name: 'tiers-below', text, route: { receiver: nobody, matchers: [below] } }];
  }
  const text = `L1 hears of every alert of the tiers below at once.`;
  const route = {
    receiver: receiverName(stack.team, 'warning'),
    matchers: [below],
    group_by: ['alertname', 'tier', 'site', 'tenant'],
    routes: severityRoutes(stack.team),
  };
  return [{ name: 'tiers-below', text, route }];
}

function tenantRoutes(operated: OperatedStack): readonly NamedRoute[] {
  return tenantsToldHere(operated).map(({ id, owner }) => ({
    name: `tenant-${id}`,
    text: `${owner} speaks for the tenant ${id} and hears of its alerts too.`,
    route: {
      receiver: receiverName(owner, 'warning'),
      // Its own items reach it by the owner's route.
      matchers: [`tenant="${id}"`, `team!="${owner}"`],
      continue: true,
      routes: severityRoutes(owner),
    },
  }));
}

/** Headquarters hears of every alert at once; from here, the team that answers for it would be told twice. */
function tenantsToldHere({ ancestors, organisation, monitored }: OperatedStack): readonly Tenant[] {
  const told = ancestors.find(({ tier }) => tier === 'L1')?.team;
  const tenants = new Set(monitored.map((item) => item.tenant));
  return organisation.tenants.filter(({ id, owner }) => owner !== told && tenants.has(id));
}

function ownerRoutes(operated: OperatedStack): readonly NamedRoute[] {
  return ownersOf(operated).map((team) => ({
    name: `team-${team.id}`,
    text: `${team.id} owns items here${team.hours === undefined ? '' : `; what can wait is told in the hours of ${team.hours}`}.`,
    route: {
      receiver: receiverName(team.id, 'warning'),
      matchers: [`team="${team.id}"`],
      routes: severityRoutes(team.id, team.hours),
    },
  }));
}

/** An alert that names no team here, such as one of a rule written by hand, is told to who answers for the stack. */
function unownedRoutes({ stack }: OperatedStack): readonly NamedRoute[] {
  return (['critical', 'info'] as const).map((severity) => ({
    name: `unowned-${severity}`,
    text: `Alerts that no team here owns go to ${stack.team}, by severity.`,
    route: {
      receiver: severity === 'info' ? nobody : receiverName(stack.team, severity),
      matchers: [`severity="${severity}"`],
    },
  }));
}

function severityRoutes(team: string, hours?: string): JsonValue {
  const waits = hours === undefined ? {} : { active_time_intervals: [intervalName(hours)] };
  const routeOf: Readonly<Record<AlertSeverity, JsonObject>> = {
    critical: { receiver: receiverName(team, 'critical'), matchers: ['severity="critical"'] },
    warning: { receiver: receiverName(team, 'warning'), matchers: ['severity="warning"'], ...waits },
    info: { receiver: nobody, matchers: ['severity="info"'] },
  };
  return alertSeverities.map((severity) => routeOf[severity]);
}

/** Teams that this Alertmanager can tell, by id: owners of items and objectives here, who speaks for their tenants, and who answers for the stack. */
function teamsHeard(operated: OperatedStack): readonly Team[] {
  const { organisation, stack, monitored } = operated;
  const ids = new Set([
    stack.team,
    ...monitored.map((item) => item.owner),
    ...stack.objectives.flatMap(({ slo }) => slo.team ?? []),
    ...tenantsToldHere(operated).map(({ owner }) => owner),
  ]);
  return organisation.teams.filter(({ id }) => ids.has(id)).sort((left, right) => (left.id < right.id ? -1 : 1));
}

function ownersOf({ organisation, monitored, stack }: OperatedStack): readonly Team[] {
  const owners = new Set([
    ...monitored.map((item) => item.owner),
    ...stack.objectives.flatMap(({ slo }) => slo.team ?? []),
  ]);
  return organisation.teams.filter(({ id }) => owners.has(id)).sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** A team may be heard here by routes only that wait for no hours: escalations, tenants. */
function intervalsIn(routes: readonly JsonValue[]): ReadonlySet<JsonValue> {
  const named = routes
    .filter(isJsonObject)
    .flatMap(({ active_time_intervals: own = [], routes: below = [] }) => [
      ...(Array.isArray(own) ? own : []),
      ...intervalsIn(Array.isArray(below) ? below : []),
    ]);
  return new Set(named);
}

function timeInterval(calendar: Calendar): JsonObject {
  return {
    name: intervalName(calendar.id),
    time_intervals: calendar.hours.map(({ weekdays, from, to }) => ({
      weekdays,
      times: [{ start_time: from, end_time: to }],
      location: calendar.timeZone,
    })),
  };
}

function intervalName(calendar: string): string {
  return `hours-${calendar}`;
}
