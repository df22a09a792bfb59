import {
  type ConfigurationItem,
  findRelationType,
  type JsonObject,
  type JsonValue,
  type Resource,
} from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { itemLabels, type OperatedStack } from '../operated-stack.ts';

/** One record for each operated item, whatever its stage of life: what auditors and other systems read. */
export function compileRecords(operated: OperatedStack, relations: RelationIndex): readonly Resource[] {
  if (!operated.stack.targets.includes('cmdb')) return [];
  return operated.items.map((item) => compileRecord(operated, item, relations.get(item.id) ?? []));
}

/** Relations by the item they point to. */
export type RelationIndex = ReadonlyMap<string, readonly IncomingRelation[]>;

interface IncomingRelation {
  readonly type: string;
  readonly from: string;
}

/** Made once for all stacks: relations cross them. */
export function indexRelations(items: readonly ConfigurationItem[]): RelationIndex {
  const incoming = new Map<string, IncomingRelation[]>();
  for (const item of items) {
    for (const { type, to } of item.relations) {
      const known = incoming.get(to);
      if (known === undefined) incoming.set(to, [{ type, from: item.id }]);
      else known.push({ type, from: item.id });
    }
  }
  return incoming;
}

function compileRecord(
  operated: OperatedStack,
  item: ConfigurationItem,
  incoming: readonly IncomingRelation[],
): Resource {
  return makeResource(operated, {
    type: 'cmdb-record',
    name: item.id,
    target: 'cmdb',
    spec: { item: item.id, record: recordOf(operated, item, incoming) },
    items: [item],
    item,
    clauses: ['S0:3.7.B'],
    derivation: [
      operatedStep(operated, item.id),
      { kind: 'declaration', subject: item.id, text: `${item.id} is declared as ${item.class}.`, source: item.source },
    ],
  });
}

function recordOf(operated: OperatedStack, item: ConfigurationItem, incoming: readonly IncomingRelation[]): JsonObject {
  const labels = itemLabels(item, operated.stack.tier);
  return {
    id: item.id,
    class: item.class,
    title: { ...item.title },
    stack: operated.stack.name,
    tier: operated.stack.tier,
    site: item.site,
    owner: item.owner,
    tenant: item.tenant,
    criticality: item.criticality,
    stage: item.stage,
    supplier: item.supplier,
    identity: item.identity,
    attributes: item.attributes,
    relations: relationsOf(item, incoming),
    labels,
  };
}

/** Both ends of every relation: the own ones forward, the others' in reverse. */
function relationsOf(item: ConfigurationItem, incoming: readonly IncomingRelation[]): JsonValue {
  const own = item.relations.map(({ type, to }) => ({ type, item: to }));
  const reverse = incoming.map(({ type, from }) => ({
    type: findRelationType(type)?.type.reverse ?? type,
    item: from,
  }));
  return [...own, ...reverse].sort((left, right) =>
    `${left.type} ${left.item}` < `${right.type} ${right.item}` ? -1 : 1,
  );
}
