import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import type { JsonObject } from '../../toolkit/model/index.ts';
import { sampleGroup } from '../../toolkit/testing/sample-group.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['amtool']);

/** The compiled routing of all three tiers, asked through Alertmanager's own tool who hears of an alert. */
describe.skipIf(!programs.available)(programs.title('compiled routing under amtool'), () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-routing-'));
    for (const stack of ['hq', 'region', 'plant']) await writeStack(stack, folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['hq', 'region', 'plant'])('is accepted for %s', async (stack) => {
    const result = await runProgram(
      programs.path('amtool'),
      ['check-config', join(folder, stack, 'alertmanager.yml')],
      { timeoutMs: 30_000 },
    );
    expect(`${result.stdout}${result.stderr}`).toContain('SUCCESS');
  });

  const own = { alertname: 'HostDown', tier: 'L3', site: 'plant', team: 'plant-ops', tenant: 'shared' };
  it.each([
    {
      name: 'a critical alert of the plant is told at the plant',
      at: 'plant',
      alert: { ...own, severity: 'critical' },
      heard: ['plant-ops-critical'],
    },
    {
      name: 'it is told at headquarters at once',
      at: 'hq',
      alert: { ...own, severity: 'critical' },
      heard: ['hq-ops-critical'],
    },
    {
      name: 'it is not told in the region between',
      at: 'region',
      alert: { ...own, severity: 'critical' },
      heard: ['nobody'],
    },
    {
      name: 'a warning goes to those who hear warnings',
      at: 'plant',
      alert: { ...own, severity: 'warning' },
      heard: ['plant-ops-warning'],
    },
    { name: 'information wakes nobody', at: 'plant', alert: { ...own, severity: 'info' }, heard: ['nobody'] },
    {
      name: 'a tenant hears of its alerts beside the owner',
      at: 'plant',
      alert: { ...own, tenant: 'mes', severity: 'critical' },
      heard: ['mes-team-critical', 'plant-ops-critical'],
    },
    {
      name: 'what escalated to the region is told there',
      at: 'region',
      alert: { ...own, alertname: 'EscalatedToL2', severity: 'critical', escalated: 'L2' },
      heard: ['region-ops-critical'],
    },
    {
      name: 'it is not told again at the plant',
      at: 'plant',
      alert: { ...own, alertname: 'EscalatedToL2', severity: 'critical', escalated: 'L2' },
      heard: ['nobody'],
    },
    {
      name: 'it is not told again at headquarters, which knows the original',
      at: 'hq',
      alert: { ...own, alertname: 'EscalatedToL2', severity: 'critical', escalated: 'L2' },
      heard: ['nobody'],
    },
    {
      name: 'what escalated to headquarters wakes it',
      at: 'hq',
      alert: { ...own, alertname: 'EscalatedToL1', severity: 'warning', escalated: 'L1' },
      heard: ['hq-ops-critical'],
    },
    {
      name: 'an alert that no team owns reaches who answers for the control point',
      at: 'plant',
      alert: { alertname: 'Unknown', tier: 'L3' },
      heard: ['plant-ops-warning'],
    },
  ])('$name', async ({ at, alert, heard }) => {
    const matchers = Object.entries(alert).map(([label, value]) => `${label}=${value}`);
    const file = join(folder, at, 'alertmanager.yml');
    const result = await runProgram(
      programs.path('amtool'),
      ['config', 'routes', 'test', `--config.file=${file}`, ...matchers],
      { timeoutMs: 30_000 },
    );
    expect(result.stdout.trim().split(/[,\n]/)).toEqual(heard);
  });
});

async function writeStack(stack: string, folder: string): Promise<void> {
  const { resources } = compileGroup(sampleGroup());
  const specOf = (address: string): JsonObject =>
    resources.find((resource) => resource.address === address)?.spec ?? {};
  await mkdir(join(folder, stack, 'templates'), { recursive: true });
  await writeFile(
    join(folder, stack, 'alertmanager.yml'),
    printYaml(specOf(`${stack}/alertmanager-config/main`).config ?? {}),
  );
  await writeFile(
    join(folder, stack, 'templates/opsctl.tmpl'),
    String(specOf(`${stack}/alertmanager-template/opsctl`).text),
  );
}
