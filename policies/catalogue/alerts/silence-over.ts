import { definePolicy, parseDay } from 'opsctl';

const msPerDay = 86_400_000;

export const silenceOver = definePolicy({
  id: 'alerts/silence-over',
  level: 'advisory',
  title: { en: 'Silences that are over should leave their stack', zh: '已结束的静默应从控制点中删除' },
  rationale:
    'A line that does nothing any more makes those that do harder to see. The history of the repository keeps it.',
  remedy: 'Delete the statement.',
  clauses: ['S0:A.1.1.b/5'],
  check: ({ stacks, today }) =>
    stacks.flatMap(({ name, silences }) =>
      silences
        .filter(({ terms }) => Date.parse(terms.until) < (parseDay(today) ?? 0) * msPerDay)
        .map(({ terms, source }) => ({
          subject: name,
          item: null,
          message: `The silence of ${terms.change} at ${name} was over at ${terms.until}.`,
          position: source,
        })),
    ),
});
