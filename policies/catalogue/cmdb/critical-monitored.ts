import { type ConfigurationItem, definePolicy, type ItemAlerts, itemAlerts, type ObjectClass } from 'opsctl';

export const criticalMonitored = definePolicy({
  id: 'cmdb/critical-monitored',
  level: 'mandatory',
  title: { en: 'Critical items must be monitored', zh: '关键配置项必须纳入监控' },
  rationale:
    'What nobody watches fails unseen; of a critical or high item the production line is then the first to know.',
  remedy:
    'Operate the item in the stack of its site, and let its class have signals and alerts for items of its criticality.',
  clauses: ['S0:A.1.1.b/1', 'S1:7.4.1.1.a', 'S3:8.8.5 L3.a'],
  check: (input) => {
    const classes = new Map(input.organisation.catalogue.classes.map((objectClass) => [objectClass.id, objectClass]));
    const watched = itemAlerts(input);
    return input.items.filter(mustBeMonitored).flatMap((item) => {
      const gap = gapOf(item, classes.get(item.class), watched.get(item.id));
      return gap === null
        ? []
        : [{ subject: item.id, item: item.id, message: `${item.id} is ${item.criticality} and in service. ${gap}` }];
    });
  },
});

function mustBeMonitored({ criticality, stage }: ConfigurationItem): boolean {
  return stage === 'in-service' && (criticality === 'critical' || criticality === 'high');
}

/** The first thing that is missing between a declared item and an alert of it. */
function gapOf(
  item: ConfigurationItem,
  objectClass: ObjectClass | undefined,
  watched: ItemAlerts | undefined,
): string | null {
  if (objectClass === undefined) return `Its class ${item.class} is not in the catalogue in use.`;
  if (Object.keys(objectClass.signals).length === 0) return `Its class ${item.class} has no signals.`;
  if (watched === undefined) return 'No stack operates it.';
  if (watched.labels === null) return `${watched.stack} operates it, but has it in no target list.`;
  return watched.rules.length === 0 ? `${watched.stack} measures it, but no alert can fire for it.` : null;
}
