import { isJsonObject, type JsonObject, type JsonValue, type Resource, type Routing } from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { type IncludedBy, inclusionStep, inclusionsOf } from './included-by.ts';

/**
 * Puts routing that is written by hand into the derived configuration of Alertmanager. Its tree takes the place of the
 * last derived routes, which tell of what no team here owns: all that is derived is routed as before, and what is left is
 * routed as it was written, down to its defaults. Its inhibition holds back only alerts that name no item, so that it
 * cannot hide a derived one.
 */
export function withIncludedRouting(operated: OperatedStack, resources: readonly Resource[]): readonly Resource[] {
  const [inclusion] = inclusionsOf(operated, 'routing');
  if (inclusion === undefined) return resources;
  return [
    ...resources.map((resource) =>
      resource.type === 'alertmanager-config' ? mergeRouting(operated, resource, inclusion) : resource,
    ),
    ...templates(operated, inclusion),
  ];
}

const unowned = /^unowned-/;
const routesPointer = '/config/route/routes';

function mergeRouting(operated: OperatedStack, resource: Resource, inclusion: IncludedBy<Routing>): Resource {
  const { content } = inclusion;
  const { config } = resource.spec as { readonly config: JsonObject };
  const root = config.route as JsonObject;
  const kept = resource.parts.filter(({ name }) => !unowned.test(name));
  const gone = new Set(resource.parts.filter((part) => !kept.includes(part)).map(({ pointer }) => pointer));
  const numbered = listIn(root.routes).map((route, index) => ({ route, pointer: `${routesPointer}/${index}` }));
  const left = numbered.filter(({ pointer }) => !gone.has(pointer));
  const routes = left.map(({ route }) => route);
  const pointers = left.map(({ pointer }) => pointer);
  const step = inclusionStep(operated, inclusion, `the routing ${content.id}`);
  const part = {
    name: `routing-${content.id}`,
    pointer: `${routesPointer}/${routes.length}`,
    derivation: [{ ...step, source: content.source }],
  };
  return {
    ...resource,
    derivation: [...resource.derivation, step],
    parts: [...kept.map((one) => ({ ...one, pointer: moved(one.pointer, pointers) })), part],
    spec: {
      config: {
        ...config,
        route: { ...root, routes: [...routes, asBranch(content.route)] },
        receivers: [...listIn(config.receivers), ...content.receivers],
        inhibit_rules: [...listIn(config.inhibit_rules), ...(content.inhibitRules ?? []).map(amongUnowned)],
        ...intervalsOf(config, content),
      },
    },
  };
}

/** Where a part of a route is when those that are not left are gone. */
function moved(pointer: string, left: readonly string[]): string {
  const index = left.indexOf(pointer);
  return index < 0 ? pointer : `${routesPointer}/${index}`;
}

/** What a root has when it says nothing, and a route below another inherits instead. */
const rootDefaults: JsonObject = { group_wait: '30s', group_interval: '5m', repeat_interval: '4h' };

/** No alert has this label, so that all are in one group: an empty list would be inherited over. */
const oneGroup: JsonObject = { group_by: ['opsctl_no_such_label'] };

function asBranch(route: JsonObject): JsonObject {
  const { group_by: groupBy } = route;
  const isGrouped = Array.isArray(groupBy) && groupBy.length > 0;
  return { ...rootDefaults, ...route, ...(isGrouped ? {} : oneGroup) };
}

function amongUnowned(rule: JsonObject): JsonObject {
  return {
    ...rule,
    source_matchers: [...listIn(rule.source_matchers), 'item=""'],
    target_matchers: [...listIn(rule.target_matchers), 'item=""'],
  };
}

function intervalsOf(config: JsonObject, { timeIntervals = [] }: Routing): JsonObject {
  const all = [...listIn(config.time_intervals), ...timeIntervals];
  return all.length === 0 ? {} : { time_intervals: all };
}

function templates(operated: OperatedStack, inclusion: IncludedBy<Routing>): readonly Resource[] {
  return (inclusion.content.templates ?? []).map(({ name, text }) => ({
    ...makeResource(operated, {
      type: 'alertmanager-template',
      name,
      target: 'alertmanager',
      spec: { name, text },
      items: [],
      derivation: [inclusionStep(operated, inclusion, `the templates ${name}`)],
    }),
    source: inclusion.content.source,
  }));
}

function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

export function namesIn(value: JsonValue | undefined): readonly string[] {
  return listIn(value).flatMap((entry) => (isJsonObject(entry) ? [String(entry.name)] : []));
}
