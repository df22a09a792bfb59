import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';
import { freePort, type RunningProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';
import { startPrometheus } from '../support/start-prometheus.ts';

const programs = realPrograms(['prometheus']);
const { folder, opsctl, edit, remove } = makeWorkplace();
const directory = join(folder, 'out/plant-1/prometheus');
let server: RunningProgram | null = null;

/** Nothing answers at the hosts of a new repository, so HostDown fires for them: after four seconds at thirty times the speed. */
beforeAll(async () => {
  if (!programs.available) return;
  expect(opsctl('init .').status).toBe(0);
  const port = await freePort();
  edit('stacks/bindings/lab.yaml', (text) =>
    text
      .replace('environment: lab', 'environment: lab\nspeed: 30')
      .replace(
        'directory: out/plant-1/prometheus',
        `directory: out/plant-1/prometheus, url: 'http://127.0.0.1:${port}'`,
      ),
  );
  // The server starts with what lies there; that hosts do not answer is no news to any later apply.
  expect(opsctl('apply --yes --health-timeout 0s').stdout).toContain('changes done');
  server = await startPrometheus({ program: programs.path('prometheus'), port, directory, data: `${folder}/data` });
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${server?.url}/api/v1/query?query=ALERTS{alertname="HostDown",alertstate="firing"}`);
      const { data } = (await answer.json()) as { readonly data: { readonly result: readonly unknown[] } };
      expect(data.result).toHaveLength(2);
    },
    { timeout: 50_000, interval: 200 },
  );
});
afterAll(async () => {
  await server?.stop();
  remove();
});

/** Since when HostDown is active, by item and variant. */
async function activeAt(): Promise<Readonly<Record<string, string>>> {
  const answer = await fetch(`${server?.url}/api/v1/alerts`);
  const { data } = (await answer.json()) as {
    readonly data: {
      readonly alerts: readonly { readonly labels: Record<string, string>; readonly activeAt: string }[];
    };
  };
  const down = data.alerts.filter(({ labels }) => labels.alertname === 'HostDown');
  return Object.fromEntries(
    down.map(({ labels, activeAt: at }) => [`${labels.item} ${labels.variant ?? 'common'}`, at]),
  );
}

const tuned = (change: string) => (text: string) =>
  text.replace(
    /;\n$/,
    `\n  .tune(item('plant-1-mes-1'), hostAlerts.down, { ${change}, reason: 'The vendor restarts it every night.' });\n`,
  );

describe.skipIf(!programs.available)(programs.title('a plan and the alerts that fire'), () => {
  it('says nothing while no alert is touched', () => {
    const undo = edit('stacks/plant-1.ts', (text) => text.replace('threshold: 0.05', 'threshold: 0.04'));
    const { stdout } = opsctl('plan --stack plant-1');
    expect(stdout).not.toContain('HostDown');
    undo();
  });

  it('says which alert would be told as resolved and fire again with another severity', () => {
    const undo = edit('stacks/plant-1.ts', tuned("severity: 'warning'"));
    const { stdout } = opsctl('plan --stack plant-1');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'Read first: ! plant-1: 1 firing alert HostDown (plant-1-mes-1) is told as resolved though nothing is mended, and fires again after 4s: its labels change (severity critical -> warning).',
    );
    undo();
  });

  it('says it as an event, with the labels', () => {
    const undo = edit('stacks/plant-1.ts', tuned("for: '10m'"));
    const refires = eventsOf(opsctl('plan --stack plant-1 --json')).filter(({ event }) => event === 'refire');
    expect(refires).toMatchObject([
      {
        stack: 'plant-1',
        alert: 'HostDown',
        state: 'firing',
        effect: 'fires-again',
        because: 'its labels change (variant none -> tuned-1)',
        forMs: 20_000,
        alerts: [{ labels: { item: 'plant-1-mes-1', severity: 'critical' } }],
      },
    ]);
    undo();
  });

  it('says what another team of an item does to its alerts', () => {
    const undo = edit('cmdb/items/host.csv', (text) => text.replace(/(plant-1-mes-1,.*?)plant-1-ops/, '$1hq-ops'));
    const { stdout } = opsctl('plan --stack plant-1');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the labels of its item change (team plant-1-ops -> hq-ops)');
    undo();
  });

  it('says which alerts end with their item', () => {
    const undo = edit('cmdb/items/host.csv', (text) => {
      const [head, ...rows] = text.trim().split('\n');
      const staged = rows.map((row) => `${row},${row.startsWith('plant-1-mes-1') ? 'in-stock' : 'in-service'}`);
      return [`${head},stage`, ...staged, ''].join('\n');
    });
    const { stdout } = opsctl('plan --stack plant-1');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'alert HostDown (plant-1-mes-1) ends though nothing is mended: its item is no longer scraped.',
    );
    undo();
  });

  it('is right: a changed label begins anew, and what the plan does not name goes on', async () => {
    const before = await activeAt();
    const undo = edit('stacks/plant-1.ts', tuned("for: '10m'"));
    expect(opsctl('apply --yes --stack plant-1').stdout).toContain('Applied: 1 of 1');
    const after = await vi.waitFor(
      async () => {
        const now = await activeAt();
        expect(now).toHaveProperty('plant-1-mes-1 tuned-1');
        return now;
      },
      { timeout: 30_000, interval: 200 },
    );
    expect(after['plant-1-historian-1 common']).toBe(before['plant-1-historian-1 common']);
    expect(after['plant-1-mes-1 tuned-1']).not.toBe(before['plant-1-mes-1 common']);
    undo();
    expect(opsctl('apply --yes --stack plant-1').stdout).toContain('Applied: 1 of 1');
  });

  it('says nothing offline, and when nobody answers that nothing is known', async () => {
    const undo = edit('stacks/plant-1.ts', tuned("severity: 'warning'"));
    expect(opsctl('plan --stack plant-1 --offline').stdout).not.toContain('told as resolved');
    await server?.stop();
    const { stdout, stderr } = opsctl('plan --stack plant-1');
    expect(stdout).not.toContain('told as resolved');
    expect(stderr).toContain('operate/alerts-not-asked');
    undo();
  });
});
