import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackfilled } from '../support/backfilled-prometheus.ts';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';
import type { RunningProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['prometheus', 'promtool', 'vmalert']);
const { folder, opsctl, remove } = makeWorkplace();
const [minute, hour] = [60_000, 3_600_000];
const toMs = Math.floor(Date.now() / hour) * hour;
const fromMs = toMs - 12 * hour;
let server: RunningProgram | null = null;

const labels = { item: 'plant-1-mes-1', class: 'host', site: 'plant-1', team: 'plant-1-ops', criticality: 'critical' };
/** Down at irregular times: for seven minutes, or for one, which is too short to be told. */
const isDown = (now: number) => [7, 1].some((length, index) => (now / minute + index * 23) % 97 < length);
const series = [{ metric: 'up', labels, valueAt: (now: number) => (isDown(now) ? 0 : 1) }];

beforeAll(async () => {
  if (!programs.available) return;
  expect(opsctl('init .').status).toBe(0);
  const paths = { prometheus: programs.path('prometheus'), promtool: programs.path('promtool') };
  server = await startBackfilled(paths, join(folder, 'past'), { fromMs, toMs, stepMs: 30_000, series });
  const bindings = join(folder, 'stacks/bindings/lab.yaml');
  const place = 'directory: out/plant-1/prometheus';
  const bound = readFileSync(bindings, 'utf8').replace(place, `${place}, url: '${server.url}', reload: none`);
  writeFileSync(bindings, bound);
});
afterAll(async () => {
  await server?.stop();
  remove();
});

describe.skipIf(!programs.available)(programs.title('vmalert and range queries'), () => {
  it('see the same episodes', () => {
    const run = (words: string) => {
      const env = { PATH: `/usr/bin:/bin:${dirname(programs.path('vmalert'))}` };
      const events = eventsOf(opsctl(`backtest HostDown --stack plant-1 --from 13h ${words} --json`, env));
      const result = events.find(({ event }) => event === 'backtest') as { wanted: { episodes: readonly object[] } };
      const told = events.find(({ event }) => event === 'backtested');
      return { episodes: result.wanted.episodes, with: told?.with };
    };
    const [theirs, ours] = [run('--with vmalert'), run('')];
    expect(ours.episodes.length).toBeGreaterThan(10);
    expect(theirs).toEqual({ episodes: ours.episodes, with: 'vmalert' });
  });
});
