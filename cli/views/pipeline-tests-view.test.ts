import { expect, it } from 'vitest';
import { pipelineTestsView } from './pipeline-tests-view.ts';

const terminal = { paint: (_: unknown, text: string) => text, width: 100, isVerbose: false };
const report = {
  pipelines: [
    { pipeline: 'ssh-logins', with: 'mtail', tests: 2, failed: 0, ranBy: 'mtail' },
    { pipeline: 'nginx-access', with: 'mtail', tests: 1, failed: 0, ranBy: null },
    { pipeline: 'java-errors', with: 'vector', tests: 3, failed: 1, ranBy: null },
  ],
  findings: [],
} as const;

it('says of each pipeline who has judged it, and the verdict', () => {
  expect(
    pipelineTestsView.human(report, terminal),
  ).toBe(`ssh-logins: 2 tests, judged by the meaning of its steps and by mtail
nginx-access: 1 test, judged by the meaning of its steps; there is no mtail here
java-errors: 1 of 3 tests failed, judged by the meaning of its steps
Failed: 6 tests of 3 pipelines, 1 failed.
`);
});

it('has an event for each pipeline', () => {
  expect(pipelineTestsView.events(report)).toEqual(
    report.pipelines.map((pipeline) => ({ event: 'pipeline-tests', ...pipeline })),
  );
});
