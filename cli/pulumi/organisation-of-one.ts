import {
  type BilingualText,
  defineOrganisation,
  type OrganisationDeclaration,
  type Tenant,
} from '../../toolkit/model/index.ts';

interface Only {
  readonly name: string;
  readonly title: BilingualText;
  readonly runbookBase?: string | undefined;
  readonly tenants?: readonly Tenant[];
  readonly catalogue?: OrganisationDeclaration['catalogue'];
}

/** The smallest organisation that compiles: one tier, one site and one team, all of one name. */
export function organisationOfOne({ name, title, runbookBase, tenants, catalogue }: Only): OrganisationDeclaration {
  return defineOrganisation({
    id: name,
    title,
    tiers: [{ id: 'L1', title }],
    sites: [{ id: name, tier: 'L1', title, timeZone: 'UTC' }],
    teams: [{ id: name, tier: 'L1', site: name, title, channels: [{ kind: 'webhook', url: 'http://localhost/' }] }],
    people: [],
    ...(tenants === undefined ? {} : { tenants }),
    runbookBase: runbookBase ?? 'https://runbooks.example',
    catalogue: catalogue ?? { classes: [], alerts: [], dashboards: [] },
  });
}

/** What a program knows of the places that content names: nothing. */
export function surroundingsOfOne(name: string) {
  return {
    endpoint: (endpoint: string) => endpoint,
    targetEndpoint: (_stack: string, target: string) => `${target}.${name}`,
    targetDirectory: (_stack: string, target: string) => `/etc/${target}`,
    speed: 1,
  };
}
