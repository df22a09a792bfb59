import { callSite } from './call-site.ts';
import type { Catalogue } from './catalogue.ts';
import { organisationShape } from './declared-shapes.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { Organisation } from './organisation.ts';

/** An organisation with the catalogue it derives from. */
export interface OrganisationDeclaration extends Organisation {
  readonly kind: 'organisation';
  readonly catalogue: Catalogue;
}

export type OrganisationHead = Omit<
  OrganisationDeclaration,
  'kind' | 'source' | 'tenants' | 'suppliers' | 'calendars' | 'people'
> &
  Partial<Pick<Organisation, 'tenants' | 'suppliers' | 'calendars' | 'people'>>;

/** Declares the organisation; the default export of `cmdb/organisation/index.ts`. */
export function defineOrganisation(head: OrganisationHead): OrganisationDeclaration {
  const source = callSite(defineOrganisation);
  holdToShape(organisationShape, head, 'defineOrganisation({...})', source);
  return deepFreeze({
    ...head,
    tenants: head.tenants ?? [],
    suppliers: head.suppliers ?? [],
    calendars: head.calendars ?? [],
    people: head.people ?? [],
    kind: 'organisation' as const,
    source,
  });
}
