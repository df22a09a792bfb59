import { defineDiagnostics } from '../../diagnostics/index.ts';

/** What is wrong with declared collection scripts. */
export const scriptDiagnostics = defineDiagnostics('scripts', {
  'nothing-selected': {
    severity: 'error',
    summary: 'No host runs the script',
    detail: ({ script, stack, selection }: { script: string; stack: string; selection: string }) =>
      `${stack} schedules ${script} for ${selection}, and operates nothing in service that is so.`,
    hint: 'Correct the selection, or remove the line.',
  },
  'no-target': {
    severity: 'error',
    summary: 'No place for scripts',
    detail: ({ script, stack }: { script: string; stack: string }) =>
      `${stack} schedules ${script} and has no target scripts that takes its files.`,
    hint: "Add 'scripts' to its targets, and bind it to a directory that reaches the hosts.",
  },
  'scheduled-twice': {
    severity: 'error',
    summary: 'Script scheduled twice',
    detail: ({ script, stack }: { script: string; stack: string }) =>
      `${stack} schedules ${script} more than once, or two scripts of that id.`,
    hint: 'Schedule it once with a selection of all its hosts; ids are unique in a stack.',
  },
  'timeout-too-long': {
    severity: 'error',
    summary: 'Script may run into its next run',
    detail: ({ script, timeout, interval }: { script: string; timeout: string; interval: string }) =>
      `${script} may take ${timeout} and runs every ${interval}.`,
    hint: 'Give a timeout below the interval.',
  },
  'output-misnamed': {
    severity: 'error',
    summary: 'Name of a metric that says something else',
    detail: ({ script, metric, problem }: { script: string; metric: string; problem: string }) =>
      `${metric} of ${script}: ${problem}.`,
    hint: 'A counter ends with _total, a metric with its base unit before that, and labels of items are not for scripts.',
  },
  'output-twice': {
    severity: 'error',
    summary: 'Metric declared twice',
    detail: ({ metric, scripts }: { metric: string; scripts: readonly string[] }) =>
      `${metric} is an output of ${scripts.join(' and ')}. On one host node_exporter refuses what two files have.`,
    hint: 'Let each script have names of its own.',
  },
  'not-tested': {
    severity: 'error',
    summary: 'Script without a test',
    detail: ({ script }: { script: string }) => `${script} has no test, so nobody knows what it prints.`,
    hint: 'Give `tests` with fixtures and what is expected; `opsctl test --scripts` runs them.',
  },
  'runs-as-root': {
    severity: 'warning',
    summary: 'Script runs as root',
    detail: ({ script }: { script: string }) => `${script} runs as root on every host that it is scheduled for.`,
    hint: 'Use a user that may read what it needs, or let sudo allow the one command.',
  },
});
