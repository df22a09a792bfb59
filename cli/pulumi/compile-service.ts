import { standardAlerts } from 'opsctl/alerts';
import { standardClasses } from 'opsctl/cmdb';
import { standardDashboards } from 'opsctl/dashboards';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { checkItems } from '../../toolkit/compile/inventory/index.ts';
import {
  type AlertPack,
  type BilingualText,
  type Criticality,
  defineItems,
  defineStack,
  items,
  type JsonValue,
  type ObjectClass,
  type Resource,
} from '../../toolkit/model/index.ts';
import { mustHold } from './must-hold.ts';
import { organisationOfOne, surroundingsOfOne } from './organisation-of-one.ts';

/** One service, as it is declared in a program. */
export interface ServiceDeclaration {
  /** Lower case, with hyphens: it stands in addresses, labels and file names. */
  readonly name: string;
  /** Of `opsctl/cmdb`, or one of your own: what is measured, alerted on and shown. */
  readonly class: ObjectClass;
  readonly title: BilingualText;
  /** What the class asks to be told: `{ address: 'db-1.example', port: 5432 }`. */
  readonly attributes: Readonly<Record<string, JsonValue>>;
  /** How much is lost when it fails; `high` where nothing is said. */
  readonly criticality?: Criticality;
  /** Alerts for a class of your own, beside those of the catalogue. */
  readonly alerts?: readonly AlertPack[];
  /** Where runbooks are, for the links in alerts. */
  readonly runbookBase?: string;
}

/**
 * Derives what a service needs by the compilers that derive a whole group, from an organisation of one site in which it is
 * the only item. What belongs to a control point and not to a service (main configurations, routing, records) is left out.
 */
export function compileService(service: ServiceDeclaration): readonly Resource[] {
  const { name, title, class: objectClass, criticality = 'high', attributes } = service;
  const isKnown = standardClasses.some(({ id }) => id === objectClass.id);
  const organisation = organisationOfOne({
    ...{ name, title, runbookBase: service.runbookBase },
    catalogue: {
      classes: isKnown ? standardClasses : [...standardClasses, objectClass],
      alerts: [...standardAlerts, ...(service.alerts ?? [])],
      dashboards: standardDashboards,
    },
  });
  const stack = defineStack({ name, tier: 'L1', site: name, team: name }).operate(items.where({ site: name }));
  const declared = defineItems(objectClass, [
    { id: name, title, site: name, owner: name, criticality, attributes } as never,
  ]);
  const { classes } = organisation.catalogue;
  const checked = checkItems({ raw: [], declared: declared.items, classes, organisation });
  mustHold(checked.diagnostics);
  const surroundings = surroundingsOfOne(name);
  const compiled = compileGroup({ organisation, stacks: [stack], items: checked.items, surroundings });
  mustHold(compiled.diagnostics);
  return compiled.resources.filter((resource) => isOfService(resource, objectClass.id));
}

const servedTypes = ['prometheus-rules', 'prometheus-targets', 'grafana-dashboard'];

function isOfService({ type, address }: Resource, objectClass: string): boolean {
  const name = address.slice(address.lastIndexOf('/') + 1);
  return servedTypes.includes(type) && (name === objectClass || name.startsWith(`${objectClass}-`));
}
