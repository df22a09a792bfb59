import { networkSyslog, nginxAccess, sshLogins } from 'opsctl/alerts';
import { describe, expect, it } from 'vitest';
import { runTest } from '../../toolkit/compile/pipelines/index.ts';
import { definePipeline, type Pipeline } from '../../toolkit/model/index.ts';
import { runMtailTest } from '../../toolkit/operate/run-mtail-test.ts';
import { realPrograms } from '../support/programs.ts';
import { pipelineCases as cases, counts } from './pipeline-cases.ts';

const programs = realPrograms(['mtail']);

describe('steps', () => {
  it.each(cases)('$name, by their meaning', ({ name, lines, metrics, ...pipeline }) => {
    expect(runTest(pipelineOf(pipeline), { name, lines, metrics })).toEqual([]);
  });
});

describe.skipIf(!programs.available)(programs.title('a real mtail'), () => {
  it.each(cases)('$name', async ({ name, lines, metrics, ...pipeline }) => {
    const found = await runMtailTest(
      pipelineOf(pipeline),
      { name, lines, metrics },
      { program: programs.path('mtail') },
    );
    expect(found).toEqual([]);
  });

  const ready = [sshLogins(), nginxAccess(), networkSyslog(), sshLogins({ path: '/var/log/auth.log' })];
  it.each(ready)('$id does what its tests say', async (pipeline) => {
    const program = programs.path('mtail');
    const found = (pipeline.tests ?? []).map((test) => runMtailTest(pipeline, test, { program }));
    expect((await Promise.all(found)).flat()).toEqual([]);
  });

  it('says what it finds else', async () => {
    const test = { name: 'wrong', lines: ['a 1'], metrics: { a_total: 2 } };
    const pipeline = pipelineOf({ steps: counts({ a_total: { field: 'message', matches: 'a' } }) });
    const found = await runMtailTest(pipeline, test, { program: programs.path('mtail') });
    expect(found).toEqual(['a_total is 1, and not 2.']);
  });
});

function pipelineOf(of: Pick<Pipeline, 'steps' | 'schema'>): Pipeline {
  return definePipeline({
    id: 'tried',
    title: { en: 'Tried', zh: '试验' },
    with: 'mtail',
    from: { kind: 'files', path: '/var/log/tried.log' },
    ...of,
  });
}
