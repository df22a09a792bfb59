import { defineDiagnostics } from '../../../toolkit/diagnostics/index.ts';

/** What the commands about service level objectives tell. */
export const budgetDiagnostics = defineDiagnostics('budget', {
  spent: {
    severity: 'error',
    summary: 'Error budget spent',
    detail: ({
      slo,
      stack,
      remaining,
      stacks,
    }: {
      slo: string;
      stack: string;
      remaining: string;
      stacks: readonly string[];
    }) =>
      `${slo}, upheld by ${stack}, has ${remaining} of its error budget left, and the plan changes ${stacks.join(', ')}, on which it depends.`,
    hint: 'Wait until the budget has come back, spend the time on what failed, or give --emergency with a reason.',
  },
  unknown: {
    severity: 'error',
    summary: 'Error budget not known',
    detail: ({ slo, stack, reason }: { slo: string; stack: string; reason: string }) =>
      `Whether ${slo}, upheld by ${stack}, has budget left cannot be told: ${reason}.`,
    hint: 'Bring its Prometheus back, or give --emergency with a reason.',
  },
  'other-content': {
    severity: 'error',
    summary: 'Plan of other content',
    detail: ({ file }: { file: string }) =>
      `${file} was made from other content than lies here, so which objectives it concerns cannot be told.`,
    hint: 'Check out what the plan was made from, or plan again.',
  },
  'not-carried': {
    severity: 'warning',
    summary: 'Not carried over',
    detail: ({ slo, lost, to }: { slo: string; lost: readonly string[]; to: string }) =>
      `Of ${slo}, ${to} does not say: ${lost.join('; ')}.`,
    hint: 'Add it by hand where it matters.',
  },
  'unknown-name': {
    severity: 'error',
    summary: 'Unknown name',
    detail: ({ kind, name, known }: { kind: string; name: string; known: readonly string[]; nearest: string | null }) =>
      `There is no ${kind} ${name}. Known: ${known.join(', ') || 'none'}.`,
    hint: ({ nearest }) =>
      nearest === null ? 'Correct the name; `opsctl slo list` shows them all.' : `Did you mean ${nearest}?`,
  },
});
