import type { Diagnostic } from '../../diagnostics/index.ts';
import { type Address, type DerivationStep, isInCluster, type Resource, type Stack } from '../../model/index.ts';
import type { Homes, PlacedGroup } from '../homes.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { translateSharedRouting } from './alertmanager-config.ts';
import { translateOwnRouting } from './alertmanager-secret.ts';
import { translateDashboard, translateProvisioning } from './dashboards.ts';
import { homeDiagnostics } from './diagnostics.ts';
import { translateModules } from './exporter-modules.ts';
import { prometheusFields, translateMainConfig } from './main-config.ts';
import { placeObject } from './place-object.ts';
import { translateRules } from './rules.ts';
import { translateScrapeSecret } from './scrape-access.ts';
import { translateScraping } from './scrape-jobs.ts';
import { atHome } from './services.ts';
import { type HomeContext, nothing, type Translated, together } from './translation.ts';
import { findReachedTwice } from './workloads.ts';

/** Stacks that are at home in a cluster. */
export const clusterHomes: Homes = { surroundings: atHome, place: placeGroup };

/**
 * Puts what was derived for stacks that are at home in a cluster into objects of the Prometheus Operator. The last step
 * of compiling: tunings, waivers, routes and dashboards are in it already, so a stack moves to a cluster by its head.
 */
function placeGroup(operated: readonly OperatedStack[], resources: readonly Resource[]): PlacedGroup {
  const byStack = Map.groupBy(resources, ({ address }) => address.slice(0, address.indexOf('/')));
  const parts = operated.map((stack) =>
    placeStack(stack, byStack.get(stack.stack.name) ?? [], belowOf(stack, operated)),
  );
  const placed = parts.flatMap((part) => part.placed).sort(byAddress);
  return {
    resources: parts.flatMap((part) => part.resources).sort(byAddress),
    placed,
    diagnostics: [...parts.flatMap(({ diagnostics }) => diagnostics), ...findTaken(placed)],
  };
}

function belowOf({ stack }: OperatedStack, operated: readonly OperatedStack[]): readonly Stack[] {
  return operated.filter(({ ancestors }) => ancestors.includes(stack)).map((lower) => lower.stack);
}

function byAddress(left: Resource, right: Resource): number {
  return left.address < right.address ? -1 : 1;
}

function placeStack(operated: OperatedStack, resources: readonly Resource[], below: readonly Stack[]): PlacedGroup {
  const { home } = operated.stack;
  if (home === undefined) return { resources, placed: resources, diagnostics: [] };
  const context: HomeContext = { operated, home, below, resources: resources.filter((one) => isMoved(operated, one)) };
  const translated = translate(context);
  const objects = translated.objects.map((draft) => placeObject(context, draft));
  const moved = Map.groupBy(objects, ({ origin }) => origin);
  const waitFor = (address: Address) => moved.get(address)?.map((object) => object.address) ?? [address];
  const placed = resources
    .flatMap((resource): readonly Resource[] => (isMoved(operated, resource) ? [] : [resource]))
    .concat(objects)
    .map((resource) => ({ ...resource, dependsOn: resource.dependsOn.flatMap(waitFor) }));
  return {
    resources: resources.map((resource) => withObjects(resource, moved.get(resource.address) ?? [], operated)),
    placed,
    diagnostics: [...translated.diagnostics, ...findReachedTwice(context)],
  };
}

/** Of a system in the cluster, and not of what is only known to its server: silences are nobody's objects. */
function isMoved({ stack }: OperatedStack, { target, type }: Resource): boolean {
  if (type === 'alertmanager-silence') return false;
  const named = stack.targets.find((name) => name === target);
  return named !== undefined && isInCluster(stack, named);
}

function translate(context: HomeContext): Translated {
  return together([
    ...context.resources.map((resource) => translateResource(context, resource)),
    translateScraping(context),
  ]);
}

function translateResource(context: HomeContext, resource: Resource): Translated {
  switch (resource.type) {
    case 'prometheus-rules':
      return translateRules(context, resource);
    case 'prometheus-secret':
      return translateScrapeSecret(context, resource);
    case 'prometheus-config':
      return translateMainConfig(context, resource);
    case 'alertmanager-config':
      return context.home.routing.as === 'secret'
        ? translateOwnRouting(context, resource)
        : translateSharedRouting(context, resource);
    case 'grafana-dashboard':
      return translateDashboard(context, resource);
    case 'grafana-provisioning':
      return translateProvisioning(context, resource);
    case 'blackbox-config':
    case 'snmp-config':
    case 'modbus-config':
    case 'ipmi-config':
    case 'json-config':
      return translateModules(context, resource);
    // In the objects of what reads them: target lists in those of their jobs, templates in that of the routing.
    case 'prometheus-targets':
    case 'alertmanager-template':
      return nothing;
    default:
      return unknownType(context, resource);
  }
}

/** A type that was added to a system, and to which nobody gave an object: it must not vanish. */
function unknownType({ operated, home }: HomeContext, resource: Resource): Translated {
  const what = resource.address;
  const remedy = `Keep ${resource.target} outside of the cluster: home: kubernetes({ ..., outside: ['${resource.target}'] }).`;
  const facts = { stack: operated.stack.name, what, field: resource.type, kind: `object in ${home.namespace}`, remedy };
  const occurrence = { position: resource.source, subject: resource.address };
  return { objects: [], diagnostics: [homeDiagnostics.create('inexpressible', facts, occurrence)] };
}

/** What was derived says what it is in the cluster, as `explain` prints it. */
function withObjects(resource: Resource, objects: readonly Resource[], { stack }: OperatedStack): Resource {
  const [first, ...others] = objects;
  if (first === undefined) return resource;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  const fields =
    resource.type === 'prometheus-config'
      ? ` The Prometheus object has to say: ${prometheusFields(stack.name, resource)}.`
      : '';
  const step: DerivationStep = {
    kind: 'declaration',
    subject: stack.name,
    text: `${stack.name} is at home in a cluster: there it is ${first.address}${more}.${fields}`,
    source: stack.source,
  };
  return { ...resource, derivation: [...resource.derivation, step] };
}

/** Two stacks in one cluster may not share an object, nor two things of one stack. */
function findTaken(placed: readonly Resource[]): readonly Diagnostic[] {
  const objects = new Map<string, Resource>();
  return placed.flatMap((resource) => {
    const name = resource.address;
    const first = objects.get(name);
    objects.set(name, resource);
    if (first === undefined) return [];
    const facts = { name, first: first.origin ?? first.address, second: resource.origin ?? resource.address };
    return [homeDiagnostics.create('name-taken', facts, { position: resource.source, subject: resource.address })];
  });
}
