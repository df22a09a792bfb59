import { type ConfigurationItem, definePolicy, findRelationType, type ObjectClass } from 'opsctl';

export const hostRelation = definePolicy({
  id: 'cmdb/host-relation',
  level: 'advisory',
  title: { en: 'Services should say what they run on', zh: '服务应声明其运行或依赖的对象' },
  rationale:
    'Without the relation a failed host raises an alert for each service on it, impact analysis ends at the host, and nobody sees what a shutdown takes along.',
  remedy: 'Add the relation `runs-on` or `depends-on` to the item.',
  clauses: ['S0:A.9.2.a', 'S1:8.3.5.1.c', 'S3:8.4.8 L3.d'],
  check: ({ organisation, items }) => {
    const services = new Set(organisation.catalogue.classes.filter(isService).map(({ id }) => id));
    return items
      .filter((item) => item.stage === 'in-service' && services.has(item.class) && !item.relations.some(takesDown))
      .map(({ id, class: objectClass }) => ({
        subject: id,
        item: id,
        message: `${id} is a service of class ${objectClass} and names nothing that it runs on or depends on.`,
      }));
  },
});

/** What is only ever watched from outside is offered by something else. */
function isService({ sources }: ObjectClass): boolean {
  const all = Object.values(sources);
  return all.length > 0 && all.every(({ kind }) => kind === 'probe');
}

function takesDown({ type }: ConfigurationItem['relations'][number]): boolean {
  const relation = findRelationType(type);
  return relation?.direction === 'forward' && relation.type.impact === 'to-from';
}
