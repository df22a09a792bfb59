import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackfilled } from '../support/backfilled-prometheus.ts';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';
import type { RunningProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['prometheus', 'promtool']);
const { folder, opsctl, remove } = makeWorkplace();
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const toMs = Math.floor(Date.now() / hour) * hour;
const fromMs = toMs - 8 * day;
const stacks = join(folder, 'stacks/plant-1.ts');
let server: RunningProgram | null = null;

const of = (item: string) => ({ item, class: 'host', site: 'plant-1', team: 'plant-1-ops', criticality: 'critical' });
/** Half a day in which everything is wrong, and an alert says so. */
const isIncident = (now: number) => now >= fromMs + 3 * day && now < fromMs + 3.5 * day;
const memory = (item: string, valueAt: (now: number) => number | null) => [
  { metric: 'node_memory_MemAvailable_bytes', labels: of(item), valueAt },
  { metric: 'node_memory_MemTotal_bytes', labels: of(item), valueAt: () => 100 },
];

const series = [
  ...memory('plant-1-mes-1', (now) => (isIncident(now) ? 1 : 40 + (Math.floor(now / minute) % 11))),
  ...memory('plant-1-historian-1', (now) => (now > toMs - 2 * day ? 6 : null)),
  {
    metric: 'ALERTS',
    labels: { ...of('plant-1-mes-1'), alertname: 'HostMemoryShort', alertstate: 'firing', severity: 'warning' },
    valueAt: (now: number) => (isIncident(now) ? 1 : null),
  },
];

beforeAll(async () => {
  if (!programs.available) return;
  expect(opsctl('init .').status).toBe(0);
  const paths = { prometheus: programs.path('prometheus'), promtool: programs.path('promtool') };
  server = await startBackfilled(paths, join(folder, 'past'), { fromMs, toMs, stepMs: minute, series });
  const bindings = join(folder, 'stacks/bindings/lab.yaml');
  const place = 'directory: out/plant-1/prometheus';
  writeFileSync(
    bindings,
    readFileSync(bindings, 'utf8').replace(place, `${place}, url: '${server.url}', reload: none`),
  );
});
afterAll(async () => {
  await server?.stop();
  remove();
});

const baselinesOf = (words: string) =>
  eventsOf(opsctl(`baseline ${words} --stack plant-1 --from 9d --json`)).filter(({ event }) => event === 'baseline');

describe.skipIf(!programs.available)(programs.title('opsctl baseline'), () => {
  it('proposes what is normal for an item, and says what it would have done', () => {
    expect(baselinesOf('HostMemoryShort --item plant-1-mes-1')).toMatchObject([
      {
        item: 'plant-1-mes-1',
        // 0.40 is the least in ordinary times, the first hundredth of them; a fifth below that, rounded down.
        proposed: { share: 0.01, found: 0.4, threshold: 0.32 },
        rule: { threshold: 0.1, isWaived: false },
        trial: { before: { fired: 1 }, after: { fired: 1 } },
      },
    ]);
  });

  it('counts incidents where it is told to', () => {
    const [counted] = baselinesOf('HostMemoryShort --item plant-1-mes-1 --keep-firing');
    expect(counted).toMatchObject({ proposed: { found: 0.01, threshold: 0.008 } });
  });

  it('proposes nothing where there is too little history', () => {
    const { stdout, stderr } = opsctl('baseline HostMemoryShort --stack plant-1 --item plant-1-historian-1');
    expect(stdout).toContain('nothing proposed; now 0.05');
    expect(stderr).toContain('baseline/too-little');
  });

  it('writes an edit of the source that git takes and that compiles', () => {
    const before = readFileSync(stacks, 'utf8');
    const patch = opsctl('baseline HostMemoryShort --stack plant-1 --from 9d --minimum 1d --to-source').stdout;
    writeFileSync(join(folder, 'change.patch'), patch);
    expect(spawnSync('git', ['apply', 'change.patch'], { cwd: folder, encoding: 'utf8' })).toMatchObject({ status: 0 });
    const after = readFileSync(stacks, 'utf8');
    const until = new Date().toISOString().slice(0, 10);
    // The tuning that was there keeps its reason; the other host gets one.
    expect(after).toContain(
      `    threshold: baseline({ value: 0.048, quantile: 0.01, window: '9d', until: '${until}', headroom: 0.2 }),\n    reason: 'The historian keeps its cache in memory on purpose.',`,
    );
    expect(after).toContain(
      `  .tune(item('plant-1-mes-1'), hostAlerts.memoryShort, {\n    threshold: baseline({ value: 0.32, quantile: 0.01, window: '9d', until: '${until}', headroom: 0.2 }),`,
    );
    expect(opsctl('validate')).toMatchObject({ status: 0 });
    expect(opsctl('explain plant-1/prometheus-rules/host#override:HostMemoryShort:plant-1-mes-1').stdout).toContain(
      'From history: the 0.01 quantile of 9d',
    );
    // What was proposed is in force now, so there is nothing left to propose.
    expect(opsctl('baseline HostMemoryShort --stack plant-1 --from 9d --minimum 1d --to-source').stdout).toBe('');
    writeFileSync(stacks, before);
  });

  it('shows the quantiles of a signal, hour by hour', () => {
    const { status, stdout } = opsctl(
      'baseline host.memoryAvailable --stack plant-1 --item plant-1-mes-1 --from 9d --by hour-of-week',
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}Mon +0\.4( +0\.4){23}$/m);
  });

  it.each([
    { words: 'HostDown', status: 64, said: 'baseline/no-threshold' },
    { words: 'NoSuchAlert', status: 64, said: 'There is no alert NoSuchAlert' },
    { words: 'HostMemoryShort --item nowhere --stack plant-1', status: 64, said: 'baseline/unknown-item' },
    { words: 'HostMemoryShort --without nights', status: 64, said: 'There is no calendar nights' },
    { words: 'HostMemoryShort --quantile 99', status: 64, said: "does not take '99'" },
    { words: 'HostMemoryShort --stack hq', status: 1, said: 'the binding of its prometheus has no url' },
  ])('`opsctl baseline $words` ends with $status', ({ words, status, said }) => {
    const ended = opsctl(`baseline ${words}`);
    expect({ status: ended.status, said: ended.stderr }).toEqual({ status, said: expect.stringContaining(said) });
  });
});
