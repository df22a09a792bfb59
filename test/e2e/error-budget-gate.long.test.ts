import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';
import { freePort, type RunningProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';
import { startPrometheus } from '../support/start-prometheus.ts';

const programs = realPrograms(['prometheus']);
const { folder, opsctl, edit, remove } = makeWorkplace();
const directory = join(folder, 'out/plant-1/prometheus');
let port = 0;
let server: RunningProgram | null = null;
afterAll(async () => {
  await server?.stop();
  remove();
});

const objective = `import { defineSlo } from 'opsctl';
import { item } from '../../cmdb/items.generated.ts';

const where = { handler: '/api/v1/query' };

export const queriesAnswered = defineSlo({
  id: 'queries-answered',
  title: { en: 'Queries are answered', zh: '查询可用' },
  service: item('plant-1-prometheus'),
  objective: 0.9,
  window: { rolling: '14d' },
  indicator: {
    kind: 'ratio',
    bad: { metric: 'prometheus_http_requests_total', where: { ...where, code: { matching: '[45]..' } } },
    total: { metric: 'prometheus_http_requests_total', where },
  },
});
`;

/** One story: the objective of a real server, whose budget is spent by asking it nonsense. */
describe.skipIf(!programs.available)(programs.title('an error budget as a gate'), () => {
  it('is upheld by a stack, and applied like everything else', async () => {
    opsctl('init');
    port = await freePort();
    declare();
    expect(opsctl('generate').status).toBe(0);
    expect(opsctl('slo list')).toMatchObject({
      status: 0,
      stdout:
        'queries-answered: 90 % over the last 2w\n  Queries are answered · 查询可用\n  plant-1, ratio of plant-1-prometheus\n',
    });
    expect(opsctl('plan --out first.plan')).toMatchObject({ status: 0 });
    const gate = opsctl('slo gate first.plan');
    expect(gate).toMatchObject({ status: 0, stdout: expect.stringContaining('not known') });
    expect(opsctl('apply first.plan').stdout).toContain('changes done');
  });

  it('is known once its Prometheus has measured, and lets a plan through while some is left', async () => {
    server = await startPrometheus({ program: programs.path('prometheus'), port, directory, data: `${folder}/data` });
    await vi.waitFor(() => asked('up', 'left'), { timeout: 60_000, interval: 200 });
    rename('Portal, once renamed');
    opsctl('plan --out second.plan');
    expect(opsctl('slo gate second.plan')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^No objective depends on what the plan changes\.\nOpen: second\.plan, sha256:/),
    });
    declareThreshold('0.04');
    opsctl('plan --out third.plan');
    expect(opsctl('slo gate third.plan')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^ok {2}queries-answered .*100 % of the error budget left\nOpen: third\.plan, sha256:/,
      ),
    });
  });

  it('keeps a plan back once it is spent, and lets it through as an emergency with its reason', async () => {
    await vi.waitFor(() => asked('up{', 'spent'), { timeout: 60_000, interval: 200 });
    const refused = opsctl('slo gate third.plan');
    expect(refused).toMatchObject({ status: 4, stdout: expect.stringMatching(/\nRefused: third\.plan, sha256:/) });
    expect(refused.stderr).toContain('[budget/spent]');
    const emergency = opsctl('slo gate third.plan --emergency INC-42 --json');
    expect(emergency.status).toBe(0);
    expect(eventsOf(emergency).find(({ event }) => event === 'error-budget-gate')).toMatchObject({
      isOpen: true,
      emergency: 'INC-42',
    });
  });

  it('says that a plan of other content cannot be judged', () => {
    declareThreshold('0.03');
    expect(opsctl('slo gate third.plan')).toMatchObject({
      status: 5,
      stderr: expect.stringContaining('[budget/other-content]'),
    });
  });

  it('keeps a plan back while nobody can tell', async () => {
    await server?.stop();
    declareThreshold('0.04');
    expect(opsctl('slo gate third.plan')).toMatchObject({
      status: 4,
      stderr: expect.stringContaining('[budget/unknown]'),
    });
    expect(opsctl('slo status')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('Server cannot be reached'),
    });
  });
});

/** Asks the server a few things, and then how the budget is. */
async function asked(query: string, state: string): Promise<void> {
  const url = `${server?.url}/api/v1/query?query=${encodeURIComponent(query)}`;
  for (let count = 0; count < 20; count += 1) await (await fetch(url)).text();
  const [budget] = eventsOf(opsctl('slo status --json')).filter(({ event }) => event === 'error-budget');
  expect(budget).toMatchObject({ slo: 'queries-answered', state });
}

function declare(): void {
  mkdirSync(join(folder, 'alerts/slo'), { recursive: true });
  writeFileSync(join(folder, 'alerts/slo/queries.ts'), objective);
  writeFileSync(
    join(folder, 'cmdb/items/prometheus.yaml'),
    `items:
  - id: plant-1-prometheus
    class: prometheus
    title: { en: Prometheus, zh: 监控服务器 }
    site: plant-1
    owner: plant-1-ops
    criticality: high
    attributes: { address: prometheus.plant-1.example }
`,
  );
  edit(
    'stacks/plant-1.ts',
    (text) =>
      `import { queriesAnswered } from '../alerts/slo/queries.ts';\n${text.replace('\n  .tune(', '\n  .uphold(queriesAnswered)\n  .tune(')}`,
  );
  edit(
    'stacks/bindings/lab.yaml',
    (text) =>
      `${text.replace(/( {2}plant-1:\n {4})prometheus:.*/, (_, before: string) => `${before}prometheus: { provider: prometheus, directory: out/plant-1/prometheus, check: none, url: 'http://127.0.0.1:${port}' }`)}\naddresses:\n  'prometheus.plant-1.example:9090': '127.0.0.1:${port}'\nspeed: 30\n`,
  );
}

function rename(title: string): void {
  edit('cmdb/items/host.csv', (text) => text.replace('Portal server', title.replace(',', ' -')));
}

function declareThreshold(threshold: string): void {
  edit('stacks/plant-1.ts', (text) => text.replace(/threshold: [\d.]+/, `threshold: ${threshold}`));
}
