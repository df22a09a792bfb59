import { definePolicy, describeSelection, parseDay } from 'opsctl';

const longestDays = 400;

export const waiverTerm = definePolicy({
  id: 'alerts/waiver-term',
  level: 'mandatory',
  title: { en: 'Waivers must end within 400 days', zh: '豁免期限不得超过 400 天' },
  rationale:
    'A waiver that outlives its reason is a hole that nobody remembers. Thirteen months is a yearly review with time to spare.',
  remedy: 'End the waiver by the next yearly review; it can be allowed again then.',
  clauses: ['S0:A.1.1.b/5', 'S1:7.4.1.1.b'],
  check: ({ stacks, today }) =>
    stacks.flatMap((stack) =>
      stack.waivers.flatMap(({ waived, selection, terms, source }) => {
        const days = (parseDay(terms.until) ?? 0) - (parseDay(today) ?? 0);
        if (days <= longestDays) return [];
        const message = `${stack.name} waives ${waived.id} for ${describeSelection(selection)} until ${terms.until}, ${days} days from today.`;
        return [
          {
            subject: stack.name,
            item: null,
            message,
            position: source,
            expected: `at most ${longestDays} days`,
            found: `${days} days`,
          },
        ];
      }),
    ),
});
