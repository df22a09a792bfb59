import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareWithLive } from '../../../test/support/compare-routing.ts';
import { type LiveAlertmanager, startAlertmanager } from '../../../test/support/live-alertmanager.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import { randomAlerts, randomConfig, randomDocument, randomMatcher } from '../../../test/support/random-routing.ts';
import { parseAlertmanager } from './index.ts';

const programs = realPrograms(['alertmanager']);
const limitMs = 300_000;

// Alertmanager gets slower with each reload, so a new one is started now and then.
const servers = Array.from({ length: 8 }, (_, index) => index + 1);

describe.skipIf(!programs.available)(programs.title('a live Alertmanager, at length'), () => {
  it.each(servers)('routes, groups, inhibits and silences as we say, part %i', { timeout: limitMs }, async () => {
    const silences = fc.array(fc.array(randomMatcher, { minLength: 1, maxLength: 2 }), { maxLength: 3 });
    await withServer(async (server) => {
      const property = fc.asyncProperty(randomConfig, randomAlerts, silences, async (config, alerts, silenced) =>
        compareWithLive(server, config, alerts, silenced),
      );
      await fc.assert(property, { numRuns: 100 });
    });
  });

  it.each(servers)('refuses what we say it refuses, part %i', { timeout: limitMs }, async () => {
    await withServer(async (server) => {
      const property = fc.asyncProperty(randomDocument, async (document) => {
        const refused = parseAlertmanager(document).findings.filter(({ weight }) => weight === 'refused');
        const refusal = await server.load(document);
        const ours = { refusal, refused, isRefused: refused.length > 0 };
        expect(ours).toEqual({ ...ours, isRefused: refusal !== null });
      });
      await fc.assert(property, { numRuns: 400 });
    });
  });
});

async function withServer(run: (server: LiveAlertmanager) => Promise<void>): Promise<void> {
  const server = await startAlertmanager(programs.path('alertmanager'));
  await run(server).finally(() => server.stop());
}
