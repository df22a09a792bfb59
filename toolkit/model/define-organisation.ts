import { callSite } from './call-site.ts';
import type { Catalogue } from './catalogue.ts';
import { patchPacks } from './catalogue-patch.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { Organisation } from './organisation.ts';
import { organisationShape } from './organisation-shapes.ts';

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

/**
 * Declares the organisation; the default export of `cmdb/organisation/index.ts`. From here on its catalogue has the alerts
 * as they were patched, and nobody has to look at patches but who tells of them.
 */
export function defineOrganisation(head: OrganisationHead): OrganisationDeclaration {
  const source = callSite(defineOrganisation);
  holdToShape(organisationShape, head, 'defineOrganisation({...})', source);
  const { catalogue } = head;
  return deepFreeze({
    ...head,
    catalogue: { ...catalogue, alerts: patchPacks(catalogue.alerts, catalogue.patches ?? []) },
    tenants: head.tenants ?? [],
    suppliers: head.suppliers ?? [],
    calendars: head.calendars ?? [],
    people: head.people ?? [],
    kind: 'organisation' as const,
    source,
  });
}
