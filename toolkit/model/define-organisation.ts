import { callSite } from './call-site.ts';
import type { Catalogue } from './catalogue.ts';
import type { Organisation } from './organisation.ts';

/** An organisation with the catalogue it derives from. */
export interface OrganisationDeclaration extends Organisation {
  readonly kind: 'organisation';
  readonly catalogue: Catalogue;
}

type OrganisationHead = Omit<
  OrganisationDeclaration,
  'kind' | 'source' | 'tenants' | 'suppliers' | 'calendars' | 'people'
> &
  Partial<Pick<Organisation, 'tenants' | 'suppliers' | 'calendars' | 'people'>>;

/** Declares the organisation; the default export of `cmdb/organisation/index.ts`. */
export function defineOrganisation(head: OrganisationHead): OrganisationDeclaration {
  return {
    tenants: [],
    suppliers: [],
    calendars: [],
    people: [],
    ...head,
    kind: 'organisation',
    source: callSite(defineOrganisation),
  };
}
