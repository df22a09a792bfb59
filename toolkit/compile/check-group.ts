import type { Diagnostic, SourceSpan } from '../diagnostics/index.ts';
import { type Catalogue, parseAddress, parseDuration, type Stack, tierIds } from '../model/index.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';
import type { GroupDeclarations } from './compile-group.ts';
import { checkKnownFields } from './known-fields.ts';

/** Whether organisation, catalogue and stacks fit together; all that is wrong at once. */
export function checkGroup(declarations: GroupDeclarations): readonly Diagnostic[] {
  return [
    ...checkKnownFields(declarations.organisation, declarations.stacks),
    ...checkOrganisation(declarations),
    ...checkCatalogue(declarations.organisation.catalogue),
    ...checkStacks(declarations),
  ];
}

function checkOrganisation({ organisation }: GroupDeclarations): readonly Diagnostic[] {
  const position = organisation.source;
  const sites = organisation.sites.map(({ id }) => id);
  const teams = organisation.teams.map(({ id }) => id);
  const calendars = organisation.calendars.map(({ id }) => id);
  const tiers = organisation.tiers.map(({ id }) => id);
  return [
    ...organisation.sites.flatMap((site) => mustBeKnown(`The site ${site.id}`, 'tier', site.tier, tiers, position)),
    ...organisation.teams.flatMap((team) => [
      ...mustBeKnown(`The team ${team.id}`, 'site', team.site, sites, position),
      ...mustBeKnown(`The team ${team.id}`, 'calendar', team.hours, calendars, position),
    ]),
    ...organisation.people.flatMap((person) =>
      mustBeKnown(`The person ${person.id}`, 'team', person.team, teams, position),
    ),
    ...organisation.tenants.flatMap((tenant) =>
      mustBeKnown(`The tenant ${tenant.id}`, 'team', tenant.owner, teams, position),
    ),
    ...organisation.tiers.flatMap((tier) => [
      ...mustBeDuration(`escalateAfter of tier ${tier.id}`, tier.escalateAfter, position),
      ...mustBeDuration(`escalateWarningsAfter of tier ${tier.id}`, tier.escalateWarningsAfter, position),
    ]),
    ...Object.entries({
      sites,
      teams,
      calendars,
      tenants: organisation.tenants.map(({ id }) => id),
      people: organisation.people.map(({ id }) => id),
    }).flatMap(([kind, ids]) => findTwice(kind, ids, position)),
  ];
}

function checkCatalogue({ classes, alerts, dashboards }: Catalogue): readonly Diagnostic[] {
  const all = alerts.flatMap((pack) => Object.values(pack.alerts));
  const fromAlerts = alerts.flatMap((pack) =>
    Object.values(pack.alerts).flatMap((alert) => [
      ...signalMustExist(`The alert ${alert.id}`, alert.signal, Object.keys(pack.class.signals), alert.source),
      ...mustBeDuration(`The alert ${alert.id}`, alert.for ?? '', alert.source),
    ]),
  );
  const fromDashboards = dashboards.flatMap((dashboard) =>
    dashboard.rows
      .flatMap(({ signals }) => signals)
      .flatMap((signal) =>
        signalMustExist(
          `The dashboard of ${dashboard.class.id}`,
          signal,
          Object.keys(dashboard.class.signals),
          dashboard.source,
        ),
      ),
  );
  const classPosition = classes[0]?.source ?? { file: 'cmdb/organisation/index.ts', line: 1, column: 1 };
  return [
    ...findTwice(
      'classes',
      classes.map(({ id }) => id),
      classPosition,
    ),
    ...findTwice(
      'alerts',
      all.map(({ name }) => name),
      all[0]?.source ?? classPosition,
    ),
    ...fromAlerts,
    ...fromDashboards,
  ];
}

function checkStacks({ organisation, stacks }: GroupDeclarations): readonly Diagnostic[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const headquarters = stacks.filter(({ tier }) => tier === 'L1').map(({ name }) => name);
  const sites = organisation.sites.map(({ id }) => id);
  const teams = organisation.teams.map(({ id }) => id);
  const people = organisation.people.map(({ id }) => id);
  return [
    ...(headquarters.length === 1
      ? []
      : [compileDiagnostics.create('headquarters-count', { stacks: headquarters }, { position: organisation.source })]),
    ...findStacksTwice(stacks),
    ...stacks.flatMap((stack) => [
      ...checkName(stack),
      ...mustBeKnown(`The stack ${stack.name}`, 'site', stack.site, sites, stack.source),
      ...mustBeKnown(`The stack ${stack.name}`, 'team', stack.team, teams, stack.source),
      ...checkParent(stack, byName),
      ...checkRenames(stack),
      ...stack.waivers.flatMap((waiver) =>
        mustBeKnown(`A waiver of ${stack.name}`, 'person', waiver.terms.approver, people, waiver.source),
      ),
    ]),
  ];
}

function checkName(stack: Stack): readonly Diagnostic[] {
  if (parseAddress(`${stack.name}/type/name`) !== null) return [];
  return [
    compileDiagnostics.create(
      'stack-name-invalid',
      { stack: stack.name },
      { position: stack.source, subject: stack.name },
    ),
  ];
}

function checkParent(stack: Stack, byName: ReadonlyMap<string, Stack>): readonly Diagnostic[] {
  const at = { position: stack.source, subject: stack.name };
  if (stack.parent === undefined) {
    return stack.tier === 'L1'
      ? []
      : [compileDiagnostics.create('parent-missing', { stack: stack.name, tier: stack.tier }, at)];
  }
  const parent = byName.get(stack.parent);
  if (parent === undefined)
    return mustBeKnown(`The stack ${stack.name}`, 'stack', stack.parent, [...byName.keys()], stack.source);
  if (tierIds.indexOf(parent.tier) < tierIds.indexOf(stack.tier)) return [];
  return [
    compileDiagnostics.create(
      'tier-mismatch',
      { stack: stack.name, tier: stack.tier, parent: parent.name, parentTier: parent.tier },
      at,
    ),
  ];
}

function checkRenames(stack: Stack): readonly Diagnostic[] {
  return stack.renames
    .filter(({ from, to }) => [from, to].some((name) => parseAddress(`${stack.name}/${name}`) === null))
    .map(({ from, to, source }) =>
      compileDiagnostics.create('rename-invalid', { from, to }, { position: source, subject: stack.name }),
    );
}

function findStacksTwice(stacks: readonly Stack[]): readonly Diagnostic[] {
  const repeated = stacks.filter((stack, index) => stacks.findIndex(({ name }) => name === stack.name) < index);
  return repeated.map((stack) =>
    compileDiagnostics.create(
      'stack-declared-twice',
      { stack: stack.name },
      { position: stack.source, subject: stack.name },
    ),
  );
}

function findTwice(kind: string, names: readonly string[], position: SourceSpan): readonly Diagnostic[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  return [...repeated].map((name) =>
    compileDiagnostics.create('class-declared-twice', { kind, name }, { position, subject: name }),
  );
}

function mustBeKnown(
  subject: string,
  field: string,
  value: string | undefined,
  known: readonly string[],
  position: SourceSpan,
): readonly Diagnostic[] {
  if (value === undefined || known.includes(value)) return [];
  return [
    compileDiagnostics.create(
      'unknown-reference',
      { subject, field, value, known },
      { position, found: value, expected: known.join(' | ') },
    ),
  ];
}

function signalMustExist(
  subject: string,
  signal: string,
  known: readonly string[],
  position: SourceSpan,
): readonly Diagnostic[] {
  return known.includes(signal)
    ? []
    : [compileDiagnostics.create('unknown-signal', { subject, signal, known }, { position, found: signal })];
}

function mustBeDuration(subject: string, value: string | undefined, position: SourceSpan): readonly Diagnostic[] {
  if (value === undefined || parseDuration(value) !== null) return [];
  return [compileDiagnostics.create('duration-invalid', { subject, value }, { position, found: value })];
}
