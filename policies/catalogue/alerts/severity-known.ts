import { alertRulesIn, alertSeverities, definePolicy, partAt } from 'opsctl';

const known: ReadonlySet<string> = new Set(alertSeverities);

export const severityKnown = definePolicy({
  id: 'alerts/severity-known',
  level: 'mandatory',
  title: { en: 'Alerts must have a known severity', zh: '告警必须使用已定义的级别' },
  rationale:
    'Routes, working hours and response times go by severity. An alert with another one is told to whoever the last route happens to name.',
  remedy: `Use one of ${alertSeverities.join(', ')}.`,
  clauses: ['S0:A.1.1.c/1', 'S0:A.1.1.c'],
  check: ({ resources }) =>
    alertRulesIn(resources)
      // An escalated alert keeps the severity of the one that it raises.
      .filter(({ labels }) => labels.escalated === undefined && !known.has(labels.severity ?? ''))
      .map(({ name, resource, pointer, labels }) => {
        const found = labels.severity;
        const message =
          found === undefined
            ? `The alert ${name} has no severity.`
            : `The alert ${name} has the severity ${JSON.stringify(found)}.`;
        return {
          subject: partAt(resource, pointer),
          item: null,
          message,
          expected: alertSeverities.join(' | '),
          ...(found === undefined ? {} : { found }),
        };
      }),
});
