import { containerLogs, javaErrors, networkSyslog, nginxAccess, sshLogins } from 'opsctl/alerts';
import { expect, it } from 'vitest';
import { checkPipeline } from './check-pipeline.ts';
import { runTest } from './run-test.ts';

const store = { kind: 'loki', url: 'https://loki.example', labels: ['level'] } as const;

/** As they come, where files are elsewhere, and with every program that their steps allow. */
const ready = [
  sshLogins(),
  sshLogins({ with: 'vector', path: '/var/log/auth.log' }),
  nginxAccess(),
  nginxAccess({ with: 'otelcol', path: '/var/log/nginx/access.log' }),
  networkSyslog(),
  networkSyslog({ with: 'vector' }),
  javaErrors(),
  javaErrors({ store }),
  javaErrors({ with: 'mtail' }),
  containerLogs(),
  containerLogs({ store }),
].map((pipeline) => ({ name: `${pipeline.id} with ${pipeline.with}`, pipeline }));

it.each(ready)('$name passes its checks and its tests', ({ pipeline }) => {
  expect(checkPipeline(pipeline, null)).toEqual([]);
  expect((pipeline.tests ?? []).flatMap((test) => runTest(pipeline, test))).toEqual([]);
});
