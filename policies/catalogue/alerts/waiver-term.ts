import { definePolicy, describeSelection, parseDay, type Waiver } from 'opsctl';

const longestDays = 400;

export const waiverTerm = definePolicy({
  id: 'alerts/waiver-term',
  level: 'mandatory',
  title: { en: 'Waivers must end within 400 days', zh: '豁免期限不得超过 400 天' },
  rationale:
    'A waiver that outlives its reason is a hole that nobody remembers. Thirteen months is a yearly review with time to spare.',
  remedy: 'End the waiver by the next yearly review; it can be allowed again then.',
  clauses: ['S0:A.1.1.b/5', 'S1:7.4.1.1.b'],
  check: ({ stacks, organisation, today }) => [
    ...stacks.flatMap(({ name, waivers }) =>
      waivers.flatMap(({ waived, selection, terms, source }) =>
        tooLong(`${name} waives ${waived.id} for ${describeSelection(selection)}`, name, { terms, source }, today),
      ),
    ),
    ...(organisation.catalogue.patches ?? []).flatMap((entry) =>
      entry.kind === 'alert-disabling'
        ? tooLong(`${organisation.id} disables ${entry.alert.id}`, organisation.id, entry, today)
        : [],
    ),
  ],
});

function tooLong(what: string, subject: string, { terms, source }: Pick<Waiver, 'terms' | 'source'>, today: string) {
  const days = (parseDay(terms.until) ?? 0) - (parseDay(today) ?? 0);
  if (days <= longestDays) return [];
  const message = `${what} until ${terms.until}, ${days} days from today.`;
  const expected = `at most ${longestDays} days`;
  return [{ subject, item: null, message, position: source, expected, found: `${days} days` }];
}
