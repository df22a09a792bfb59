import { resolve } from 'node:path';
import { testRules } from '../../../toolkit/operate/test-rules.ts';
import { defineCommand } from '../../arguments/command.ts';
import { findingOptions } from '../../arguments/global-options.ts';
import { flag, several, text } from '../../arguments/option.ts';
import { exitOfDiagnostics } from '../../exit-code.ts';
import { ruleTestsView } from '../../views/rule-tests-view.ts';
import { withContent } from '../open-content.ts';
import { writeTests } from './write-tests.ts';

export const command = defineCommand({
  description:
    'Makes tests for every compiled alert (it fires, it stays quiet, it ends, and what it does without data) and runs them ' +
    "with Prometheus' promtool, with those in alerts/tests/*.test.yaml. Each test gets only the rules it depends on. An " +
    'alert for which no series are found is named with the reason. Asks no target. Where there is no promtool nothing is ' +
    'tested, which is a failure: a test that was not run has not passed.',
  positionals: {},
  options: {
    ...findingOptions,
    stack: several('--stack <name>', 'Only alerts of these stacks.', { completion: 'stack' }),
    alert: several('--alert <name>', 'Only alerts of this name, such as HostDown.'),
    mutations: flag(
      '--mutations',
      'Put mistakes into each rule, and say which of them no test notices. Takes minutes.',
    ),
    write: text('--write <directory>', 'Also leave the generated files there, to be read and run with promtool.', {
      completion: 'directory',
    }),
  },
  exits: ['findings'],
  examples: [
    { line: 'opsctl test', text: 'All tests, with a table of what is covered.' },
    {
      line: 'opsctl test --stack plant-1 --alert HostDown --write tests',
      text: 'One alert, with its files to look at.',
    },
    { line: 'opsctl test --mutations', text: 'Also how good the tests are: which mistakes they would not notice.' },
  ],
  run: ({ format, stack, alert, mutations, write }, session) =>
    withContent(session, async ({ repository, content }) => {
      const began = session.io.now().getTime();
      const onProgress = (message: string) => session.progress.report(message);
      const request = { stacks: stack, alerts: alert, mutations, onProgress, signal: session.io.signal };
      const { report, diagnostics } = await testRules(repository, content, request);
      session.tell(diagnostics);
      if (report === null) return exitOfDiagnostics(diagnostics, 'error');
      if (write !== null) {
        const files = await writeTests(resolve(session.io.cwd, write), report.batches);
        session.remark(`Wrote ${files} files below ${write}.`);
      }
      session.showFindings(report.findings, format);
      const durationMs = session.io.now().getTime() - began;
      if (format === 'human') session.show(ruleTestsView, { ...report, durationMs });
      return exitOfDiagnostics(report.findings, session.globals.failOn);
    }),
});
