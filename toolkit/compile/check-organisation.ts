import type { Diagnostic } from '../diagnostics/index.ts';
import type { DriftMute, Organisation, Stack, Waiver } from '../model/index.ts';
import { findTwice, findUnknown, type Reference } from './check-reference.ts';
import type { GroupDeclarations } from './group-declarations.ts';

/** Whether what the organisation and its stacks name is declared, and nothing is declared twice. */
export function checkOrganisation({ organisation, stacks }: GroupDeclarations): readonly Diagnostic[] {
  const known = knownIds(organisation);
  const patches = organisation.catalogue.patches ?? [];
  const disabled = patches.flatMap((entry) => (entry.kind === 'alert-disabling' ? [entry] : []));
  const names = [
    ...namesIn(organisation),
    ...disabled.map((entry) => ({ subject: `The disabling of ${entry.alert.id}`, ...approverOf(entry) })),
    ...stacks.flatMap((stack) => namesInStack(stack, organisation)),
  ];
  return [
    ...findUnknown(names.map((name) => ({ ...name, known: known[name.field] ?? [] }))),
    ...Object.entries(known).flatMap(([field, ids]) => findTwice(plurals[field] ?? field, ids, organisation.source)),
  ];
}

type Name = Omit<Reference, 'known'>;

function namesIn({ sites, teams, people, tenants, source }: Organisation): readonly Name[] {
  const at = (path: string) => ({ ...source, path });
  return [
    ...sites.map(({ id, tier }, index) => ({
      subject: `The site ${id}`,
      field: 'tier',
      value: tier,
      position: at(`sites[${index}].tier`),
    })),
    ...teams.flatMap(({ id, tier, site, hours }, index) => [
      { subject: `The team ${id}`, field: 'tier', value: tier, position: at(`teams[${index}].tier`) },
      { subject: `The team ${id}`, field: 'site', value: site, position: at(`teams[${index}].site`) },
      { subject: `The team ${id}`, field: 'calendar', value: hours, position: at(`teams[${index}].hours`) },
    ]),
    ...people.map(({ id, team }, index) => ({
      subject: `The person ${id}`,
      field: 'team',
      value: team,
      position: at(`people[${index}].team`),
    })),
    ...tenants.map(({ id, owner }, index) => ({
      subject: `The tenant ${id}`,
      field: 'team',
      value: owner,
      position: at(`tenants[${index}].owner`),
    })),
  ];
}

function namesInStack(stack: Stack, { sites }: Organisation): readonly Name[] {
  const { name, site, team, source: position, waivers, mutes } = stack;
  // A tier that differs from that of the site is told as such.
  const differs = sites.some(({ id, tier }) => id === site && tier !== stack.tier);
  return [
    ...(differs ? [] : [{ subject: `The stack ${name}`, field: 'tier', value: stack.tier, position }]),
    { subject: `The stack ${name}`, field: 'site', value: site, position },
    { subject: `The stack ${name}`, field: 'team', value: team, position },
    ...waivers.map((waiver) => ({ subject: `A waiver of ${name}`, ...approverOf(waiver) })),
    ...mutes.map((mute) => ({ subject: `A mute of ${name}`, ...approverOf(mute) })),
  ];
}

function approverOf({ terms, source }: Pick<Waiver | DriftMute, 'terms' | 'source'>): Omit<Name, 'subject'> {
  return { field: 'person', value: terms.approver, position: source };
}

/** Ids by what a reference calls them. */
function knownIds(organisation: Organisation): Readonly<Record<string, readonly string[]>> {
  const idsOf = (things: readonly { readonly id: string }[]) => things.map(({ id }) => id);
  return {
    tier: idsOf(organisation.tiers),
    site: idsOf(organisation.sites),
    team: idsOf(organisation.teams),
    calendar: idsOf(organisation.calendars),
    tenant: idsOf(organisation.tenants),
    person: idsOf(organisation.people),
    supplier: idsOf(organisation.suppliers),
  };
}

const plurals: Readonly<Record<string, string>> = {
  tier: 'tiers',
  site: 'sites',
  team: 'teams',
  calendar: 'calendars',
  tenant: 'tenants',
  person: 'people',
  supplier: 'suppliers',
};
