import { nginxAccess, sshLogins } from 'opsctl/alerts';
import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../toolkit/model/index.ts';
import { otelcol, runOtelcolTest } from '../support/run-otelcol-test.ts';
import { pipelineCases } from './pipeline-cases.ts';

const title = otelcol === undefined ? 'a real collector (skipped: otelcol not installed)' : 'a real collector';

describe.skipIf(otelcol === undefined)(title, () => {
  it.each(pipelineCases)('$name', { timeout: 60_000 }, async ({ name, lines, metrics, ...of }) => {
    const pipeline = definePipeline({
      id: 'tried',
      title: { en: 'Tried', zh: '试验' },
      with: 'otelcol',
      from: { kind: 'files', path: '/tried.log' },
      ...of,
    });
    expect(await runOtelcolTest(pipeline, { name, lines, metrics })).toEqual([]);
  });

  const ready = [sshLogins(), nginxAccess({ with: 'otelcol', path: '/var/log/nginx/access.log' })];
  it.each(ready.flatMap((pipeline) => (pipeline.tests ?? []).map((test) => ({ pipeline, test, name: test.name }))))(
    '$pipeline.id: $name',
    { timeout: 60_000 },
    async ({ pipeline, test }) => {
      expect(await runOtelcolTest(pipeline, test)).toEqual([]);
    },
  );
});
