import { defineDiagnostics } from '../diagnostics/index.ts';

interface ScantFacts {
  readonly stack: string;
  readonly metrics: readonly string[];
  readonly alerts: readonly string[];
}

/** What looking at the past tells, for backtests and baselines. */
export const backtestDiagnostics = defineDiagnostics('backtest', {
  'unknown-name': {
    severity: 'error',
    summary: 'Unknown name',
    detail: ({ kind, name, known }: { kind: string; name: string; known: readonly string[]; nearest: string | null }) =>
      `There is no ${kind} ${name}.${known.length === 0 ? '' : ` Known: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ` and ${known.length - 20} more` : ''}.`}`,
    hint: ({ nearest }) => (nearest === null ? 'Correct the name.' : `Did you mean ${nearest}?`),
  },
  'no-server': {
    severity: 'error',
    summary: 'No history to look at',
    detail: ({ stack, reason }: { stack: string; reason: string }) =>
      `What the Prometheus of ${stack} has kept was not looked at: ${reason}.`,
    hint: 'Start the server, or correct its url in the binding; `opsctl doctor` asks all of them.',
  },
  'no-samples': {
    severity: 'warning',
    summary: 'No samples in this time',
    detail: ({ stack, metrics, alerts }: ScantFacts) =>
      `The Prometheus of ${stack} has nothing of ${listed(metrics)} in the time that was looked at. ${listed(alerts)} ${alerts.length === 1 ? 'reads' : 'read'} it, and not having fired says nothing of ${alerts.length === 1 ? 'it' : 'them'}.`,
    hint: 'Look at a time from which there are samples, or see why they are missing: the targets page of the server shows what is scraped.',
  },
  'short-history': {
    severity: 'notice',
    summary: 'Samples in a part of the time only',
    detail: ({ stack, metrics, alerts }: ScantFacts) =>
      `The Prometheus of ${stack} has samples of ${listed(metrics)} in that share of the time only. ${listed(alerts)} ${alerts.length === 1 ? 'reads' : 'read'} it.`,
    hint: 'Take the numbers for what was sampled, not for all of the time.',
  },
  gaps: {
    severity: 'warning',
    summary: 'Gaps in the history',
    detail: ({ stack, gaps, total }: { stack: string; gaps: readonly string[]; total: string }) =>
      `The Prometheus of ${stack} has no samples at all for ${total}: ${gaps.slice(0, 5).join(', ')}${gaps.length > 5 ? ` and ${gaps.length - 5} more stretches` : ''}. What alerts did then is not known, and is not counted as quiet.`,
    hint: 'Compare times outside of these.',
  },
  'not-evaluated': {
    severity: 'error',
    summary: 'Expression could not be evaluated over the history',
    detail: ({ alert, stack, reason }: { alert: string; stack: string; reason: string }) =>
      `${alert} of ${stack}: ${reason}`,
    hint: 'A rule fails in the same way when it meets such data; where the server has too much to do, look at less time or use a longer --step.',
  },
  'recorded-input': {
    severity: 'notice',
    summary: 'Read as it was recorded',
    detail: ({ alert, stack, input, reason }: { alert: string; stack: string; input: string; reason: string }) =>
      `${alert} of ${stack} reads ${input} as its Prometheus recorded it then: ${reason}.`,
    hint: 'Where that rule has changed since, the past is told as the former rule saw it.',
  },
  'no-vmalert': {
    severity: 'error',
    summary: 'No vmalert',
    detail: ({ note }: { note: string }) => `The replay was asked for with vmalert, and ${note}.`,
    hint: 'Put vmalert of VictoriaMetrics on PATH, or leave --with away: range queries need no other program.',
  },
  'vmalert-failed': {
    severity: 'error',
    summary: 'vmalert could not replay',
    detail: ({ stack, said }: { stack: string; said: string }) => `vmalert for ${stack} said: ${said}`,
    hint: 'Leave --with away to use range queries.',
  },
});

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}
