import { alertRulesIn, type CompiledRule, definePolicy, partAt } from 'opsctl';

export const runbookRequired = definePolicy({
  id: 'alerts/runbook-required',
  level: 'mandatory',
  title: { en: 'Alerts must say what is wrong and what to do', zh: '告警必须附中英文摘要与处置手册链接' },
  rationale: 'Whoever is woken at three has to know what happened, in a language they read, and where the steps stand.',
  remedy:
    'Give the alert a summary in both languages and a runbook, and the organisation an http or https runbookBase.',
  clauses: ['S0:A.1.1.b/8', 'S0:A.1.1.c/3'],
  check: ({ resources }) =>
    alertRulesIn(resources).flatMap((rule) => {
      const missing = missingIn(rule);
      if (missing.length === 0) return [];
      return [
        {
          subject: partAt(rule.resource, rule.pointer),
          item: null,
          message: `The alert ${rule.name} has no ${missing.join(', no ')}.`,
        },
      ];
    }),
});

function missingIn({ annotations }: CompiledRule): readonly string[] {
  const summaries = ['summary_en', 'summary_zh'].filter((name) => (annotations[name] ?? '').trim() === '');
  return isLink(annotations.runbook_url) ? summaries : [...summaries, 'runbook_url that opens'];
}

function isLink(text = ''): boolean {
  return /^https?:\/\/[^\s/]+\/\S+$/.test(text);
}
