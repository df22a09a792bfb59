import { definePolicy, tierIds } from 'opsctl';

export const escalationSet = definePolicy({
  id: 'routing/escalation-set',
  level: 'mandatory',
  title: { en: 'Every tier below the top must escalate', zh: '除最高层级外每一层级都必须设定升级时限' },
  rationale:
    'A plant that cannot mend a fault alone has to be helped. Without a time an unresolved alert stays where it began.',
  remedy: 'Set `escalateAfter` of the tier in cmdb/organisation/, such as `30m`.',
  clauses: ['S0:7.3.1.3/1', 'S0:7.3.1.2/2', 'S0:A.5.4.a'],
  check: ({ organisation }) => {
    const ranked = [...organisation.tiers].sort((left, right) => tierIds.indexOf(left.id) - tierIds.indexOf(right.id));
    return ranked
      .slice(1)
      .filter(({ escalateAfter }) => escalateAfter === undefined)
      .map(({ id }) => ({
        subject: id,
        item: null,
        message: `The tier ${id} has no escalateAfter, so its unresolved alerts never reach the tier above.`,
        position: organisation.source,
      }));
  },
});
