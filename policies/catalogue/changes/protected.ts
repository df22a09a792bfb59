import { definePolicy } from 'opsctl';

export const protectedObjects = definePolicy({
  id: 'changes/protected',
  level: 'mandatory',
  title: { en: 'Protected objects must stay', zh: '受保护对象不得删除或替换' },
  rationale:
    'Somebody said that the object must not go, with a reason; a plan that drops it is most often an accident.',
  remedy: 'Restore the declaration, or lift `.protect()` in a reviewed change of its own, apply that, and then delete.',
  clauses: ['S0:A.7.2.b/2', 'S1:7.7.1.d', 'S1:8.1.1.1.c'],
  check: ({ plan }) =>
    (plan?.changes ?? [])
      .filter(
        ({ change, applied }) =>
          (change.action === 'delete' || change.action === 'replace') && applied?.lifecycle.protect === true,
      )
      .map(({ address, change }) => ({
        subject: address,
        item: null,
        message: `The plan would ${change.action} ${address}, which is protected.`,
      })),
});
