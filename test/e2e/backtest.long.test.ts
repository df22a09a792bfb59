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
/** A quarter past an hour, days ago, so that what is looked at has an end. */
const toMs = Math.floor(Date.now() / hour) * hour - hour;
const fromMs = toMs - 2 * day;
const at = (hours: number) => fromMs + hours * hour;
let server: RunningProgram | null = null;

const of = (item: string) => ({ item, class: 'host', site: 'plant-1', team: 'plant-1-ops', criticality: 'critical' });
const isWithin = (now: number, hours: number, lengthMs: number) => now >= at(hours) && now < at(hours) + lengthMs;
const isGap = (now: number) => isWithin(now, 30, 2 * hour);

/** Two days: one host is down three times, once too short to be told; the other is short of memory once; and a gap. */
const series = [
  {
    metric: 'up',
    labels: of('plant-1-mes-1'),
    valueAt: (now: number) => {
      if (isGap(now)) return null;
      const isDown = isWithin(now, 5, 10 * minute) || isWithin(now, 5.5, 10 * minute) || isWithin(now, 20, minute);
      return isDown ? 0 : 1;
    },
  },
  { metric: 'up', labels: of('plant-1-historian-1'), valueAt: (now: number) => (isGap(now) ? null : 1) },
  {
    metric: 'node_memory_MemAvailable_bytes',
    labels: of('plant-1-historian-1'),
    valueAt: (now: number) => {
      if (isGap(now)) return null;
      return isWithin(now, 40, hour) ? 7 : 20 + Math.sin(now / hour);
    },
  },
  {
    metric: 'node_memory_MemTotal_bytes',
    labels: of('plant-1-historian-1'),
    valueAt: (now: number) => (isGap(now) ? null : 100),
  },
];

beforeAll(async () => {
  if (!programs.available) return;
  expect(opsctl('init .').status).toBe(0);
  expect(opsctl('apply --yes').status).toBe(0);
  const paths = { prometheus: programs.path('prometheus'), promtool: programs.path('promtool') };
  server = await startBackfilled(paths, join(folder, 'past'), { fromMs, toMs, stepMs: 30_000, series });
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

describe.skipIf(!programs.available)(programs.title('opsctl backtest'), () => {
  it('says how often an alert would have fired, for how long, and whom it would have told', () => {
    const { status, stdout, stderr } = opsctl('backtest HostDown --stack plant-1 --from 3d --json');
    const [result] = eventsOf({ status, stdout, stderr }).filter(({ event }) => event === 'backtest');
    expect(status).toBe(0);
    expect(result).toMatchObject({
      alert: 'HostDown',
      stack: 'plant-1',
      stepMs: 30_000,
      applied: 'same',
      wanted: {
        summary: {
          fired: 2,
          pendingOnly: 1,
          // Down for ten minutes, fires after two; samples count until the next evaluation.
          firingMs: 16 * minute,
          flaps: 1,
          byItem: [{ item: 'plant-1-mes-1', fired: 2, pendingOnly: 1 }],
        },
        notifications: { untold: 0, inhibited: 0 },
      },
    });
  });

  it('names what it could not know: gaps, and series that are not there', () => {
    const { stderr } = opsctl('backtest HostDown HostCpuBusy --stack plant-1 --from 3d');
    expect(stderr).toContain('backtest/gaps');
    expect(stderr).toContain('The Prometheus of plant-1 has no samples at all for');
    expect(stderr).toContain('The Prometheus of plant-1 has nothing of node_cpu_seconds_total in the time');
  });

  it('shows what a tuning changes, beside what is applied', () => {
    const file = join(folder, 'stacks/plant-1.ts');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace('threshold: 0.05', 'threshold: 0.08'));
    const { status, stdout, stderr } = opsctl('backtest HostMemoryShort --stack plant-1 --from 3d');
    expect({ status, stderr: stderr.includes('error') }).toEqual({ status: 0, stderr: false });
    expect(stdout).toContain('as applied: fired 0 times');
    expect(stdout).toContain('as declared: fired 1 time for 50m in all');
    expect(stdout).toContain('difference: +1 time fired, +50m of firing');
    expect(opsctl('plan --out change.plan --stack plant-1').status).toBe(0);
    writeFileSync(file, before);
    expect(opsctl('backtest HostMemoryShort --stack plant-1 --from 3d --plan change.plan').stdout).toBe(stdout);
  });

  it.each([
    { words: 'NoSuchAlert', status: 64, said: 'There is no alert NoSuchAlert' },
    { words: 'HostDown --stack nowhere', status: 64, said: 'There is no stack nowhere' },
    { words: 'HostDown --stack hq', status: 1, said: 'the binding of its prometheus has no url' },
  ])('`opsctl backtest $words` ends with $status', ({ words, status, said }) => {
    const ended = opsctl(`backtest ${words}`);
    expect({ status: ended.status, said: ended.stderr }).toEqual({ status, said: expect.stringContaining(said) });
  });
});
