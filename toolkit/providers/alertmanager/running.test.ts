import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startProgram } from '../../../test/support/processes.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import type { Address, JsonObject } from '../../model/index.ts';
import { plainContext } from '../../testing/index.ts';
import { alertmanagerProvider } from './provider.ts';

const programs = realPrograms(['alertmanager']);

const config = `
route:
  receiver: ops
  group_by: [tenant, site]
  routes:
  - { receiver: mail, matchers: ['severity = critical'], group_wait: 90s }
  - { receiver: ops, matchers: ['tier = L3'] }
receivers:
- { name: ops, webhook_configs: [{ url: 'http://127.0.0.1:1/hook' }] }
- name: mail
  email_configs: [{ to: a@plant.example, from: b@plant.example, smarthost: 'mail.example:25' }]
inhibit_rules:
- { source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'], equal: [item] }
templates: [templates/*.tmpl]
`;
const withSecret = config.replace('name: ops,', 'name: ops, wechat_configs: [{ corp_id: c, api_secret: sesame }],');

describe.skipIf(!programs.available)(programs.title('what a real Alertmanager runs'), () => {
  it.each([
    { name: 'the same bytes', text: withSecret },
    { name: 'other bytes that say the same', text: config.replace('90s', '1m30s'), loaded: config },
  ])('is what its file says: $name', async ({ text, loaded = text }) => {
    const { directory, session } = await openPlant(loaded);
    await writeFile(path.join(directory, 'alertmanager.yml'), text);
    expect(await session.compareRunning()).toEqual({ state: 'as-placed' });
  });

  it.each([
    {
      name: 'a waiting time',
      text: config.replace('90s', '2m'),
      differences: ['/route/routes/0/group_wait of alertmanager.yml is not what the server runs.'],
    },
    {
      name: 'the order of routes',
      text: config.replace(/( {2}- .*90s \}\n)(.*L3'\] \}\n)/, '$2$1'),
      differences: [
        ...['0/receiver', '0/matchers/0', '1/receiver', '1/matchers/0', '1/group_wait'].map(
          (place) => `/route/routes/${place} of alertmanager.yml is not what the server runs.`,
        ),
        'The server runs with /route/routes/0/group_wait, which is not in alertmanager.yml.',
      ],
    },
    {
      name: 'a route less',
      text: config.replace(/ {2}routes:\n.*\n.*\n/, ''),
      differences: ['The server runs with /route/routes, which is not in alertmanager.yml.'],
    },
    {
      name: 'an inhibition less',
      text: config.replace(/inhibit_rules:\n.*\n/, ''),
      differences: ['The server runs with /inhibit_rules, which is not in alertmanager.yml.'],
    },
    {
      name: 'a receiver more',
      text: config.replace('receivers:', 'receivers:\n- { name: added }'),
      differences: [
        'As the server runs, the receiver added does not exist.',
        '/receivers/added of alertmanager.yml is not what the server runs.',
      ],
    },
    {
      name: 'routes and receivers that somebody adds and does not load',
      text: config
        .replace('receivers:', 'receivers:\n- { name: added }')
        .replace(/( {2}routes:\n)/, '$1  - { receiver: added, matchers: [ \'a="b"\' ] }\n'),
      differences: expect.arrayContaining([
        'As the server runs, the receiver added does not exist.',
        'As the server runs, there is no route a="b" to added.',
      ]),
    },
    {
      name: 'a secret, which the server does not show',
      loaded: withSecret,
      text: withSecret.replace('sesame', 'other'),
      differences: [
        'The server has loaded other bytes than alertmanager.yml has now; a secret in it may be another one.',
      ],
    },
    {
      name: 'a file that is broken',
      text: 'route: [',
      differences: ['alertmanager.yml cannot be read, so the server cannot have loaded it.'],
    },
  ])('is behind by $name', async ({ loaded = config, text, differences }) => {
    const { directory, session } = await openPlant(loaded);
    await writeFile(path.join(directory, 'alertmanager.yml'), text);
    expect(await session.compareRunning()).toEqual({ state: 'behind', differences, isLoadable: true });
  });

  it.each([
    { name: 'the change, once it was loaded', isLoaded: true, side: 'found' },
    { name: 'what was applied, before', isLoaded: false, side: 'applied' },
  ])('of a configuration that was changed by hand, a server runs $name', async ({ isLoaded, side }) => {
    const { directory, session } = await openPlant(config);
    await writeFile(path.join(directory, 'alertmanager.yml'), config.replace('90s', '2m'));
    if (isLoaded) await session.commit();
    const read = readYamlMapping(config, 'alertmanager.yml');
    const spec: JsonObject = { config: read.kind === 'mapping' ? read.value : {} };
    const address = 'plant/alertmanager-config/main' as Address;
    expect(await session.whichRuns?.([{ address, type: 'alertmanager-config', spec }])).toEqual(
      new Map([[address, side]]),
    );
  });

  it('is left over when its file is gone', async () => {
    const { directory, session } = await openPlant(config);
    await rm(path.join(directory, 'alertmanager.yml'));
    expect(await session.compareRunning()).toMatchObject({
      state: 'behind',
      differences: [expect.stringMatching(/^There is no alertmanager\.yml any more, .* had \(\d+ receivers?\)\.$/)],
      isLeftOver: true,
    });
  });

  it('is behind by a template that was changed after it was loaded; a commit loads it', async () => {
    const { directory, session } = await openPlant(config);
    // The clock of files goes in steps of some milliseconds: a change in the same step as the load looks older than it.
    await expect
      .poll(async () => {
        await writeFile(path.join(directory, 'templates/wecom.tmpl'), '{{ define "x" }}other{{ end }}');
        return await session.compareRunning();
      })
      .toEqual({
        state: 'behind',
        differences: ['templates/wecom.tmpl was changed after the server had loaded it.'],
        isLoadable: true,
      });
    expect(await session.commit()).toMatchObject({ accepted: true });
    expect(await session.compareRunning()).toEqual({ state: 'as-placed' });
  });
});

describe.skipIf(!programs.available)(programs.title('what a real Alertmanager says of itself'), () => {
  it('is its version, the file that it was started with, and that it may be reloaded', async () => {
    const { directory, session } = await openPlant(config);
    expect(await session.inspect()).toEqual([
      {
        subject: 'server',
        status: 'ok',
        detail: expect.stringMatching(/^Alertmanager \d\S+ at .*, ready$/),
        remedy: null,
      },
      { subject: 'configuration', status: 'ok', detail: `${directory}/alertmanager.yml`, remedy: null },
      { subject: 'reload', status: 'ok', detail: 'allowed', remedy: null },
      { subject: 'checker', status: 'ok', detail: 'not checked before, the binding says so', remedy: null },
    ]);
  });
});

async function openPlant(text: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'opsctl-running-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const directory = path.join(folder, 'etc');
  await mkdir(path.join(directory, 'templates'), { recursive: true });
  await writeFile(path.join(directory, 'alertmanager.yml'), text);
  await writeFile(path.join(directory, 'templates/wecom.tmpl'), '{{ define "x" }}{{ end }}');
  const server = await startProgram({
    program: programs.path('alertmanager'),
    args: (port) => [
      `--config.file=${directory}/alertmanager.yml`,
      `--storage.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    ready: '/-/ready',
  });
  onTestFinished(() => server.stop());
  const settings = { directory, url: server.url, check: 'none' };
  const binding = { stack: 'plant', target: 'alertmanager', provider: 'alertmanager', settings };
  return { directory, session: alertmanagerProvider.open(binding, plainContext()) };
}
