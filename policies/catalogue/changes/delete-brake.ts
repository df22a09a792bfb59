import { addressFields, definePolicy } from 'opsctl';

const mostDeletes = 10;
const mostShare = 0.2;
/** In a stack of a handful of objects, one or two are soon a fifth. */
const fewestForShare = 3;

export const deleteBrake = definePolicy({
  id: 'changes/delete-brake',
  level: 'approval-needed',
  title: { en: 'Many deletes need an approval', zh: '批量删除须经审批' },
  rationale:
    'A selection that has lost a criterion, or a file that was not loaded, looks in a plan like many deletes at once.',
  remedy: 'Look at what is deleted. If it is meant, have the plan approved; else restore the declaration.',
  clauses: ['S0:A.7.2.b/1', 'S0:A.7.2.b/2', 'S1:7.7.1.d'],
  check: ({ plan }) => {
    if (plan === null) return [];
    const managed = countByStack([
      ...plan.unchanged,
      ...plan.changes.filter(({ applied }) => applied !== null).map(({ address }) => address),
    ]);
    const deleted = countByStack(
      plan.changes.filter(({ change }) => change.action === 'delete').map(({ address }) => address),
    );
    return [...deleted].flatMap(([stack, count]) => {
      const share = count / (managed.get(stack) ?? count);
      if (count <= mostDeletes && (count < fewestForShare || share <= mostShare)) return [];
      const percent = Math.round(share * 100);
      return [
        {
          subject: stack,
          item: null,
          message: `The plan deletes ${count} objects of ${stack}, ${percent} % of what it manages.`,
          expected: `at most ${mostDeletes} objects and ${mostShare * 100} %`,
          found: `${count} objects, ${percent} %`,
        },
      ];
    });
  },
});

function countByStack(addresses: readonly Parameters<typeof addressFields>[0][]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const address of addresses) {
    const { stack } = addressFields(address);
    counts.set(stack, (counts.get(stack) ?? 0) + 1);
  }
  return counts;
}
