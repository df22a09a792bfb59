import { definePolicy, fieldLabel } from 'opsctl';

export const overwritesDrift = definePolicy({
  id: 'changes/overwrites-drift',
  level: 'advisory',
  title: { en: 'What was changed by hand should be looked at before it is put back', zh: '覆盖手工修改之前应先核实' },
  rationale:
    'Somebody changed the object past the repository, perhaps in the night and for a reason. Applying puts it back without asking.',
  remedy:
    'Find out who changed it and why. Take it into the declaration (`opsctl drift --to-source`), or apply to put it back.',
  clauses: ['S0:A.7.2.a', 'S0:A.9.4.a', 'S1:8.3.5.1.e'],
  check: ({ plan }) => {
    const drifted = new Map((plan?.drift ?? []).map((drift) => [drift.address, drift]));
    return (plan?.changes ?? []).flatMap(({ address, change, cause, applied }) => {
      const drift = drifted.get(address);
      // Where the target was bound to another place nobody changed anything: the object lies where it was.
      if (cause.kind === 'target-moved') return [];
      if (drift === undefined || change.action === 'no-op' || change.action === 'forget') return [];
      const observed = 'observed' in change ? change.observed.spec : {};
      const fields = drift.fields.map((field) => fieldLabel(field, applied?.spec ?? {}, observed));
      return [
        {
          subject: address,
          item: null,
          message: `${address} ${happened[drift.kind]} since it was last applied${fields.length === 0 ? '' : ` (${fields.join(', ')})`}, and the plan would ${change.action} it.`,
        },
      ];
    });
  },
});

const happened = { changed: 'was changed', vanished: 'was removed', malformed: 'was broken' } as const;
