import { resolve } from 'node:path';
import { type PipelineTestReport, testPipelines } from '../../../toolkit/operate/test-pipelines.ts';
import { testRules } from '../../../toolkit/operate/test-rules.ts';
import { defineCommand } from '../../arguments/command.ts';
import { findingOptions } from '../../arguments/global-options.ts';
import { flag, several, text } from '../../arguments/option.ts';
import { exitOfDiagnostics } from '../../exit-code.ts';
import { pipelineTestsView } from '../../views/pipeline-tests-view.ts';
import { ruleTestsView } from '../../views/rule-tests-view.ts';
import { withContent } from '../open-content.ts';
import { writeTests } from './write-tests.ts';

export const command = defineCommand({
  description:
    'Makes tests for every compiled alert (it fires, it stays quiet, it ends, and what it does without data) and runs them ' +
    "with Prometheus' promtool, with those in alerts/tests/*.test.yaml. Each test gets only the rules it depends on. An " +
    'alert for which no series are found is named with the reason. Asks no target. Where there is no promtool nothing is ' +
    'tested, which is a failure: a test that was not run has not passed. Tests of pipelines that are collected (lines in, ' +
    'metrics and records out) are run too: by the meaning of their steps, and by mtail where that is what runs them.',
  positionals: {},
  options: {
    ...findingOptions,
    stack: several('--stack <name>', 'Only alerts of these stacks.', { completion: 'stack' }),
    alert: several('--alert <name>', 'Only alerts of this name, such as HostDown.'),
    pipeline: several('--pipeline <id>', 'Only tests of these pipelines, and none of rules.'),
    scripts: flag(
      '--scripts',
      'Run the tests of collection scripts instead: each in a machine of its own, without network.',
    ),
    script: several('--script <id>', 'With --scripts: only these.'),
    unconfined: flag(
      '--unconfined',
      'With --scripts: run them as they are, where that harms nobody. They then can do what you can.',
    ),
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
    { line: 'opsctl test --pipeline ssh-logins', text: 'What one pipeline makes of the lines of its tests.' },
    {
      line: 'opsctl test --scripts',
      text: 'What collection scripts print of their fixtures, held against what they declare.',
    },
    { line: 'opsctl test --mutations', text: 'Also how good the tests are: which mistakes they would not notice.' },
  ],
  run: ({ format, stack, alert, pipeline, mutations, write, scripts, script, unconfined }, session) =>
    withContent(session, async ({ repository, content }) => {
      if (scripts) {
        const { runScriptTests } = await import('./run-script-tests.ts');
        return await runScriptTests(session, content.scripts, { wanted: script, unconfined, format });
      }
      const began = session.io.now().getTime();
      const isOfRules = stack.length + alert.length > 0;
      const wanted = { pipelines: pipeline, signal: session.io.signal };
      const piped: PipelineTestReport = isOfRules ? nothing : await testPipelines(repository, content, wanted);
      if (pipeline.length > 0) {
        session.showFindings(piped.findings, format);
        if (format === 'human') session.show(pipelineTestsView, piped);
        return exitOfDiagnostics(piped.findings, session.globals.failOn);
      }
      const onProgress = (message: string) => session.progress.report(message);
      const request = { stacks: stack, alerts: alert, mutations, onProgress, signal: session.io.signal };
      const { report, diagnostics } = await testRules(repository, content, request);
      session.tell(diagnostics);
      if (report === null) {
        session.showFindings(piped.findings, format);
        return exitOfDiagnostics(diagnostics, 'error');
      }
      if (write !== null) {
        const files = await writeTests(resolve(session.io.cwd, write), report.batches);
        session.remark(`Wrote ${files} files below ${write}.`);
      }
      if (content.scripts.length > 0) session.remark('Collection scripts were not tested: --scripts does.');
      const findings = [...report.findings, ...piped.findings];
      session.showFindings(findings, format);
      const durationMs = session.io.now().getTime() - began;
      if (format === 'human') {
        session.show(ruleTestsView, { ...report, durationMs });
        if (piped.pipelines.length > 0) session.show(pipelineTestsView, piped);
      }
      return exitOfDiagnostics(findings, session.globals.failOn);
    }),
});

const nothing: PipelineTestReport = { pipelines: [], findings: [] };
