import { definePolicy, parseDay } from 'opsctl';

const longestDays = 30;
const msPerDay = 86_400_000;

export const silenceTerm = definePolicy({
  id: 'alerts/silence-term',
  level: 'mandatory',
  title: { en: 'Silences must last no longer than 30 days', zh: '静默时长不得超过 30 天' },
  rationale:
    'A silence is for work that ends. One that lasts for months hides the next fault as well, and nobody remembers it.',
  remedy: 'End it with its change. What is never to be told is waived or tuned, which says for which item and why.',
  clauses: ['S0:A.1.1.b/5', 'S1:7.4.1.1.b'],
  check: ({ stacks, today }) =>
    stacks.flatMap(({ name, silences }) =>
      silences.flatMap(({ terms, source }) => {
        const { change, from, until } = terms;
        const fromMs = from === undefined ? (parseDay(today) ?? 0) * msPerDay : Date.parse(from);
        const days = Math.ceil((Date.parse(until) - fromMs) / msPerDay);
        if (days <= longestDays) return [];
        const begin = from === undefined ? 'today' : from;
        const message = `The silence of ${change} at ${name} lasts from ${begin} until ${until}, ${days} days.`;
        const expected = `at most ${longestDays} days`;
        return [{ subject: name, item: null, message, position: source, expected, found: `${days} days` }];
      }),
    ),
});
