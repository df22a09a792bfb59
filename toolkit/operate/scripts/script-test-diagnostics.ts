import { defineDiagnostics } from '../../diagnostics/index.ts';

/** What tests of collection scripts tell. */
export const scriptTestDiagnostics = defineDiagnostics('script-tests', {
  failed: {
    severity: 'error',
    summary: 'Script does not print what it declares',
    detail: ({ script, test, problems }: { script: string; test: string; problems: readonly string[] }) =>
      `${script}, test "${test}": ${problems.join('; ')}.`,
    hint: 'Correct the script, or what is declared and expected of it.',
  },
  'not-confined': {
    severity: 'error',
    summary: 'Scripts cannot be confined here',
    detail: ({ reason }: { reason: string }) =>
      `Scripts are run without network and without this machine's files, and that is not possible here: ${reason}. None was run.`,
    hint: 'Run the tests where user namespaces are allowed, or in a container that has nothing to lose with --unconfined.',
  },
  unconfined: {
    severity: 'warning',
    summary: 'Scripts were run without walls',
    detail: ({ count }: { count: number }) =>
      `With --unconfined, ${count} tests ran as this user, who can read and send what this user can; only the environment was empty.`,
    hint: 'Leave --unconfined out, but in a container that has nothing to lose.',
  },
  'no-such-script': {
    severity: 'error',
    summary: 'Unknown script',
    detail: ({ script, known }: { script: string; known: readonly string[] }) =>
      `No stack schedules a script ${script}. Scheduled: ${known.join(', ') || 'none'}.`,
    hint: 'Correct the name, or schedule it in a stack.',
  },
});
