import { counted } from '../../toolkit/diagnostics/index.ts';
import type { PipelineTestReport, TestedPipeline } from '../../toolkit/operate/test-pipelines.ts';
import type { View } from '../output/view.ts';

/** A line for each pipeline, with who has judged it, and the verdict. */
export const pipelineTestsView: View<PipelineTestReport> = {
  human: ({ pipelines }, { paint }) => {
    const failed = pipelines.reduce((sum, one) => sum + one.failed, 0);
    const tests = pipelines.reduce((sum, one) => sum + one.tests, 0);
    const word = failed === 0 ? paint('green', 'Passed') : paint('red', 'Failed');
    const wrong = failed === 0 ? '' : `, ${failed} failed`;
    const verdict = `${word}: ${counted(tests, 'test')} of ${counted(pipelines.length, 'pipeline')}${wrong}.`;
    return [...pipelines.map(lineOf), verdict, ''].join('\n');
  },
  events: ({ pipelines }) => pipelines.map((one) => ({ event: 'pipeline-tests', ...one })),
};

function lineOf({ pipeline, with: program, tests, failed, ranBy }: TestedPipeline): string {
  const outcome = failed === 0 ? counted(tests, 'test') : `${failed} of ${counted(tests, 'test')} failed`;
  return `${pipeline}: ${outcome}, judged ${judges(program, ranBy)}`;
}

function judges(program: TestedPipeline['with'], ranBy: string | null): string {
  const own = 'by the meaning of its steps';
  if (ranBy !== null) return `${own} and by ${ranBy}`;
  return program === 'mtail' ? `${own}; there is no mtail here` : own;
}
