import { defineDiagnostics } from '../diagnostics/index.ts';

interface Failed {
  readonly test: string;
  /** What promtool says of it. */
  readonly message: string;
}

interface Covered {
  readonly alert: string;
  readonly stack: string;
  readonly cases: readonly string[];
  readonly reason: string;
}

export const ruleTestDiagnostics = defineDiagnostics('rule-tests', {
  failed: {
    severity: 'error',
    summary: 'Rule test failed',
    detail: ({ test, message }: Failed) => `${test}: ${message}`,
    hint: 'Correct the alert, its signal or its samples; opsctl test --write DIR leaves the files for promtool.',
  },
  'not-covered': {
    severity: 'warning',
    summary: 'Alert without a test',
    detail: ({ alert, stack, cases, reason }: Covered) =>
      `No test of ${alert} of ${stack} could be made for: ${cases.join(', ')}. The reason: ${reason}.`,
    hint: 'Give the alert samples: { bad, good } in its pack, or write a test in alerts/tests/.',
  },
  'mutant-survived': {
    severity: 'notice',
    summary: 'No test notices a changed rule',
    detail: ({ alert, change }: { alert: string; change: string }) =>
      `With a mistake put into ${alert} on purpose (${change}), every test of it still passes.`,
    hint: 'Look whether that part of the rule is needed; if it is, write a test in alerts/tests/ that shows it.',
  },
  'no-promtool': {
    severity: 'error',
    summary: 'No promtool to test with',
    detail: ({ note }: { note: string }) =>
      `Rules are tested by Prometheus' own promtool: ${note}. Nothing was tested.`,
    hint: 'Install the package prometheus, name promtool as `check` in the binding of a Prometheus, or run the quickstart of a clone once, which unpacks one for you.',
  },
  'no-such-alert': {
    severity: 'error',
    summary: 'No such alert to test',
    detail: ({ alert, stacks }: { alert: string; stacks: readonly string[] }) =>
      `No rule of ${stacks.length === 0 ? 'any stack' : stacks.join(', ')} is an alert called ${alert}.`,
    hint: 'Correct the name given to --alert; opsctl explain lists what follows from an item.',
  },
  'test-file-unreadable': {
    severity: 'error',
    summary: 'Test file is no promtool test',
    detail: ({ file, reason }: { file: string; reason: string }) => `${file}: ${reason}.`,
    hint: "Write it as promtool's unit tests are: rule_files, evaluation_interval and tests.",
  },
  'no-rules-for-test': {
    severity: 'error',
    summary: 'Test file names no rules',
    detail: ({ file, entry }: { file: string; entry: string }) =>
      `${file} names ${entry} under rule_files, which is neither a compiled rule file nor one beside it.`,
    hint: 'Name it as opsctl render writes it: <stack>/prometheus/rules/<name>.yaml; * stands for any.',
  },
});
