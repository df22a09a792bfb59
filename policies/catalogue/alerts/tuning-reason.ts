import { definePolicy, describeSelection, type Stack } from 'opsctl';

export const tuningReason = definePolicy({
  id: 'alerts/tuning-reason',
  level: 'mandatory',
  title: { en: 'Tunings and waivers must give their reason', zh: '阈值调整与豁免必须说明理由' },
  rationale:
    'In a year nobody knows why one pump may run hotter than the others. Without the reason nobody dares to change it back.',
  remedy: 'Say in a few words what is different about these items: `the vendor allows 95 °C in the boiler house`.',
  clauses: ['S1:7.4.1.1.b', 'S1:7.4.1.2 KPI-2'],
  check: ({ stacks }) =>
    stacks.flatMap((stack) =>
      statementsOf(stack)
        .filter(({ reason }) => !isReason(reason))
        .map(({ verb, subject, selection, reason, source }) => ({
          subject: stack.name,
          item: null,
          message: `${stack.name} ${verb} ${subject} for ${describeSelection(selection)} and gives ${JSON.stringify(reason)} as the reason.`,
          position: source,
          found: reason,
        })),
    ),
});

function statementsOf({ tunings, waivers }: Stack) {
  return [
    ...tunings.map(({ alert, selection, change, source }) => ({
      verb: 'tunes',
      subject: alert.id,
      selection,
      reason: change.reason,
      source,
    })),
    ...waivers.map(({ waived, selection, terms, source }) => ({
      verb: 'waives',
      subject: waived.id,
      selection,
      reason: terms.reason,
      source,
    })),
  ];
}

const fewestWords = 3;
const fewestHanCharacters = 6;

/** Chinese has no spaces between words, so its characters are counted, two to a word. */
function isReason(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words =
    text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu)?.filter((word) => !/\p{Script=Han}/u.test(word)).length ?? 0;
  return words + han * (fewestWords / fewestHanCharacters) >= fewestWords;
}
