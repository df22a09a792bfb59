import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFaultyServer } from '../../../test/support/faulty-server.ts';
import { freePort, startProgram } from '../../../test/support/processes.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import type { Address, JsonObject, ProviderSession } from '../../model/index.ts';
import { plainContext } from '../../testing/index.ts';
import { prometheusProvider } from './provider.ts';

const programs = realPrograms(['prometheus']);

const config = `
global: { scrape_interval: 2s, evaluation_interval: 30s, external_labels: { stack: plant } }
rule_files: [rules/*.yaml]
scrape_configs:
- job_name: hosts
  scrape_interval: 60s
  params: { module: [http_2xx] }
  file_sd_configs: [{ files: [targets/*.json] }]
  relabel_configs:
  - { source_labels: [__address__], target_label: instance }
  - { source_labels: [tier], target_label: level }
- { job_name: plain, static_configs: [{ targets: ['127.0.0.1:1'], labels: { tier: L3 } }] }
alerting:
  alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:2'] }] }]
`;

const rules = `
groups:
- name: host
  rules:
  - { alert: HostDown, expr: up==0, for: 90s, labels: { severity: critical }, annotations: { summary: '{{ $labels.item }} 宕机' } }
  - { record: 'job:up:sum', expr: sum(up)by(job) }
- name: other
  interval: 1m
  rules: [{ record: one, expr: 1e0 }]
`;

/** Written as nobody but a person would, so that Prometheus prints each of them otherwise. */
const oddExpressions = [
  'max(sum(rate(up[60s]))by(job) / (min(up) without (job,)))by(job,)',
  'up * ON(job) GROUP_LEFT prometheus_build_info',
  `up{job='a"b', x=\`c\\d\`,} > .5e1`,
  'sum_over_time(up[1h30m:90s] offset 1d) # a comment',
  'topk(3, up{}) unless ignoring() absent(up{job=~"a|b"})',
  '-up ^ 2 % 3 == bool 1',
  'up offset 5m @ end()',
  'up < Inf and up > -inf',
  'label_replace(up, "a", "$1", "b", "(.*)\\n")',
  'quantile(0.9, up) by (job) or vector(0x1F)',
  'count_values("v", up) > -1',
];

describe.skipIf(!programs.available)(programs.title('what a real Prometheus runs'), () => {
  it('is what its files say, however they say it', async () => {
    const { directory, session } = await openPlant();
    await writeRules(directory, 'odd.yaml', groupOf(oddExpressions));
    await session.commit();
    expect(await session.compareRunning()).toEqual({ state: 'as-placed' });
  });

  it.each([
    {
      name: 'a job that somebody adds and does not load',
      file: 'prometheus.yml',
      text: config.replace('alerting:', '- { job_name: added }\nalerting:'),
      differences: [
        'As the server runs, nothing of the scrape job added is measured.',
        '/scrape_configs/added of prometheus.yml is not what the server runs.',
      ],
    },
    {
      name: 'a job that somebody takes out and does not load',
      file: 'prometheus.yml',
      text: config.replace(/- \{ job_name: plain.*\n/, ''),
      differences: ['The server runs with /scrape_configs/plain, which is not in prometheus.yml.'],
    },
    {
      name: 'an interval that goes back to that of the whole',
      file: 'prometheus.yml',
      text: config.replace('  scrape_interval: 60s\n', ''),
      differences: ['/scrape_configs/hosts/scrape_interval of prometheus.yml is not what the server runs.'],
    },
    {
      name: 'the order of relabelling',
      file: 'prometheus.yml',
      text: config.replace(/( {2}- .*instance \}\n)(.*level \}\n)/, '$2$1'),
      differences: ['0/source_labels/0', '0/target_label', '1/source_labels/0', '1/target_label'].map(
        (place) => `/scrape_configs/hosts/relabel_configs/${place} of prometheus.yml is not what the server runs.`,
      ),
    },
    {
      name: 'a step of relabelling less',
      file: 'prometheus.yml',
      text: config.replace(/ {2}relabel_configs:\n.*\n.*\n/, ''),
      differences: ['The server runs with /scrape_configs/hosts/relabel_configs, which is not in prometheus.yml.'],
    },
    {
      name: 'an external label less',
      file: 'prometheus.yml',
      text: config.replace(', external_labels: { stack: plant }', ''),
      differences: [
        "As the server runs, external labels differ (stack plant instead of none): alerts and series that leave here are taken for another's.",
        'The server runs with /global/external_labels, which is not in prometheus.yml.',
      ],
    },
    {
      name: 'all of a file that is another one, with what that means told first',
      file: 'prometheus.yml',
      text: 'global: { scrape_interval: 3s }\nrule_files: [rules/*.yaml]\nscrape_configs: [{ job_name: plain }]\n',
      differences: [
        "As the server runs, external labels differ (stack plant instead of none): alerts and series that leave here are taken for another's.",
        '/global/scrape_interval of prometheus.yml is not what the server runs.',
        '/global/scrape_timeout of prometheus.yml is not what the server runs.',
        '/scrape_configs/plain/scrape_interval of prometheus.yml is not what the server runs.',
        '/scrape_configs/plain/scrape_timeout of prometheus.yml is not what the server runs.',
        'The server runs with /global/evaluation_interval, which is not in prometheus.yml.',
        'The server runs with /global/external_labels, which is not in prometheus.yml.',
        'The server runs with /alerting, which is not in prometheus.yml.',
        'The server runs with /scrape_configs/hosts, which is not in prometheus.yml.',
        'The server runs with /scrape_configs/plain/static_configs, which is not in prometheus.yml.',
        'rules/host.yaml: the server runs host with another interval.',
      ],
    },
    {
      name: 'an expression',
      file: 'rules/host.yaml',
      text: rules.replace('up==0', 'up==1'),
      differences: ['rules/host.yaml: the server runs HostDown with another expr.'],
    },
    {
      name: 'everything else about an alert',
      file: 'rules/host.yaml',
      text: rules.replace('90s', '2m').replace('critical', 'info').replace('宕机', 'down'),
      differences: [
        'rules/host.yaml: the server runs HostDown with another for (1m30s, and 2m in the file), labels (severity critical, and info in the file), annotations.',
      ],
    },
    {
      name: 'an interval of a group',
      file: 'rules/host.yaml',
      text: rules.replace('interval: 1m', 'interval: 2m'),
      differences: ['rules/host.yaml: the server runs other with another interval.'],
    },
    {
      name: 'a rule less',
      file: 'rules/host.yaml',
      text: rules.replace(/ {2}- \{ record: 'job.*\n/, ''),
      differences: ['rules/host.yaml: the server runs job:up:sum of host, which is not in the file.'],
    },
    {
      name: 'a group less',
      file: 'rules/host.yaml',
      text: rules.slice(0, rules.indexOf('- name: other')),
      differences: ['rules/host.yaml: the server runs a group other, which is not in the file.'],
    },
    {
      name: 'a file more',
      file: 'rules/more.yaml',
      text: groupOf(['up']),
      differences: ['rules/more.yaml: the server has no group g.'],
    },
    {
      name: 'a file that is broken',
      file: 'rules/host.yaml',
      text: 'groups: [',
      differences: ['rules/host.yaml cannot be read, so the server cannot have loaded it.'],
    },
  ])('is behind by $name', async ({ file, text, differences }) => {
    const { directory, session } = await openPlant();
    await writeFile(path.join(directory, file), text);
    expect(await session.compareRunning()).toEqual({ state: 'behind', differences, isLoadable: true });
  });

  it('is behind when a file was changed, loaded and put back; a commit loads what lies there', async () => {
    const { directory, session, reload } = await openPlant();
    await writeRules(directory, 'host.yaml', rules.replace('up==0', 'up==1'));
    await reload();
    await writeRules(directory, 'host.yaml', rules);
    expect(await session.compareRunning()).toMatchObject({ state: 'behind' });
    expect(await session.commit()).toMatchObject({ accepted: true });
    expect(await session.compareRunning()).toEqual({ state: 'as-placed' });
  });

  it('is behind by the rules of a file that is not there any more', async () => {
    const { directory, session } = await openPlant();
    await rename(path.join(directory, 'rules/host.yaml'), path.join(directory, 'host.away'));
    expect(await session.compareRunning()).toEqual({
      state: 'behind',
      differences: ['The server runs the rules of rules/host.yaml, which is not there.'],
      isLoadable: true,
    });
  });

  it.each([
    { name: 'the change, once it was loaded', steps: ['write', 'reload'], side: 'found' },
    { name: 'what was applied, before', steps: ['write'], side: 'applied' },
    {
      name: 'neither, when one change was loaded and another one lies there',
      steps: ['other', 'reload', 'write'],
      side: 'neither',
    },
    { name: 'what was applied, when the file is broken', steps: ['break'], side: 'applied' },
    { name: 'what was applied, when the file is gone and nothing was reloaded', steps: ['remove'], side: 'applied' },
    { name: 'nothing, when the file is gone and that was loaded', steps: ['remove', 'reload'], side: 'found' },
  ])('of rules that were changed by hand, a server runs $name', async ({ steps, side }) => {
    const { directory, session, reload } = await openPlant();
    const one = { alert: 'HostDown', expr: 'up==0', labels: { severity: 'critical' } };
    const spec = { file: 'host', group: { name: 'host', rules: [one] } };
    const write = (text: string) => writeRules(directory, 'host.yaml', text);
    const print = (expr: string) => JSON.stringify({ groups: [{ ...spec.group, rules: [{ ...one, expr }] }] });
    await write(print('up==0'));
    await reload();
    const actions: Readonly<Record<string, () => Promise<void>>> = {
      write: () => write(print('up==1')),
      other: () => write(print('up==2')),
      break: () => write('groups: ['),
      remove: () => rm(path.join(directory, 'rules/host.yaml')),
      reload,
    };
    for (const step of steps) await actions[step]?.();
    const address = 'plant/prometheus-rules/host' as Address;
    expect(await session.whichRuns?.([{ address, type: 'prometheus-rules', spec }])).toEqual(
      new Map([[address, side]]),
    );
  });

  it.each([
    { name: 'the change, once it was loaded', steps: ['write', 'reload'], side: 'found' },
    { name: 'what was applied, before', steps: ['write'], side: 'applied' },
    { name: 'neither', steps: ['other', 'reload', 'write'], side: 'neither' },
  ])('of a main configuration that was changed by hand, a server runs $name', async ({ steps, side }) => {
    const { directory, session, reload } = await openPlant();
    const write = (text: string) => writeFile(path.join(directory, 'prometheus.yml'), text);
    const actions: Readonly<Record<string, () => Promise<void>>> = {
      write: () =>
        write(config.replace('alerting:', 'rule_files_of_nobody:').replace(/rule_files_of_nobody:\n.*\n/, '')),
      other: () => write(config.replace('plain', 'other')),
      reload,
    };
    for (const step of steps) await actions[step]?.();
    const address = 'plant/prometheus-config/main' as Address;
    const read = readYamlMapping(config, 'prometheus.yml');
    const spec: JsonObject = { config: read.kind === 'mapping' ? read.value : {} };
    expect(await session.whichRuns?.([{ address, type: 'prometheus-config', spec }])).toEqual(
      new Map([[address, side]]),
    );
  });

  it('cannot be put right where the binding says that nothing is reloaded', async () => {
    const { directory, open } = await openPlant();
    await writeRules(directory, 'host.yaml', groupOf(['up']));
    expect(await open({ reload: 'none' }).compareRunning()).toMatchObject({ state: 'behind', isLoadable: false });
  });

  it('is left over when its main configuration is gone: nothing could be loaded, and it goes on', async () => {
    const { directory, session } = await openPlant();
    await rm(path.join(directory, 'prometheus.yml'));
    expect(await session.compareRunning()).toEqual({
      state: 'behind',
      differences: [
        'There is no prometheus.yml any more, and Prometheus still runs the configuration that it had (3 rules, 2 scrape jobs).',
      ],
      isLoadable: false,
      isLeftOver: true,
    });
    expect(await session.commit()).toMatchObject({ accepted: true });
  });
});

describe('a server that cannot be asked what it runs', () => {
  it.each([
    {
      name: 'hangs',
      behaviour: { kind: 'hang' } as const,
      reason: /^Server does not answer in time\. GET .* within 0\.3 s\.$/,
    },
    {
      name: 'is starting',
      behaviour: { kind: 'answer', status: 503, body: 'Service Unavailable' } as const,
      reason: /status 503: Service Unavailable\.$/,
    },
  ])('$name: the answer is that it does not answer', async ({ behaviour, reason }) => {
    const server = await startFaultyServer(() => behaviour);
    onTestFinished(() => server.stop());
    const session = openSession(await makeDirectory(), { url: server.url, timeoutMs: 300 });
    expect(await session.compareRunning()).toEqual({ state: 'not-answering', reason: expect.stringMatching(reason) });
  });

  it('is not there: the answer names where it was asked', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const session = openSession(await makeDirectory(), { url });
    expect(await session.compareRunning()).toEqual({
      state: 'not-answering',
      reason: expect.stringMatching(/^Server cannot be reached\. GET http:.*nothing listens there\.$/),
    });
  });

  it('is not known to run either side of a change', async () => {
    const address = 'plant/prometheus-config/main' as Address;
    const asked = [{ address, type: 'prometheus-config', spec: { config: {} } }];
    const unknown = new Map([[address, 'not-known']]);
    const url = `http://127.0.0.1:${await freePort()}`;
    expect(await openSession(await makeDirectory(), { url }).whichRuns?.(asked)).toEqual(unknown);
    expect(await openSession(await makeDirectory(), {}).whichRuns?.(asked)).toEqual(unknown);
  });

  it('has no url: nobody is asked', async () => {
    expect(await openSession(await makeDirectory(), {}).compareRunning()).toEqual({ state: 'as-placed' });
  });

  it('is asked once for the configuration by a plan, which also wants to know who answers', async () => {
    const server = await startFaultyServer((call) => ({
      kind: 'answer',
      status: 200,
      body: JSON.stringify({
        data: call.includes('rules') ? { groups: [] } : { yaml: 'global: {external_labels: {stack: plant}}' },
      }),
    }));
    onTestFinished(() => server.stop());
    const session = openSession(await makeDirectory(), { url: server.url });
    await Promise.all([session.identify(), session.compareRunning()]);
    expect(server.calls.toSorted()).toEqual(['GET /api/v1/rules', 'GET /api/v1/status/config']);
  });
});

function groupOf(expressions: readonly string[]): string {
  const list = expressions.map((expr, index) => ({ record: `odd:${index}`, expr }));
  return JSON.stringify({ groups: [{ name: 'g', rules: list }] });
}

function writeRules(directory: string, name: string, text: string): Promise<void> {
  return writeFile(path.join(directory, 'rules', name), text);
}

async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'opsctl-running-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await mkdir(path.join(directory, 'rules'));
  await writeFile(path.join(directory, 'prometheus.yml'), config);
  await writeRules(directory, 'host.yaml', rules);
  return directory;
}

async function openPlant() {
  const directory = await makeDirectory();
  const server = await startProgram({
    program: programs.path('prometheus'),
    args: (port) => [
      `--config.file=${directory}/prometheus.yml`,
      `--storage.tsdb.path=${directory}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-lifecycle',
    ],
    ready: '/-/ready',
  });
  onTestFinished(() => server.stop());
  const open = (settings: Readonly<Record<string, string>>) => openSession(directory, { url: server.url, ...settings });
  const reload = async () => {
    const { status } = await fetch(`${server.url}/-/reload`, { method: 'POST' });
    expect(status).toBe(200);
  };
  return { directory, session: open({}), open, reload };
}

function openSession(directory: string, settings: Readonly<Record<string, string | number>>): ProviderSession {
  const binding = {
    stack: 'plant',
    target: 'prometheus',
    provider: 'prometheus',
    settings: { directory, check: 'none', ...settings },
  };
  return prometheusProvider.open(binding, plainContext());
}
