import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileGroup } from '../../../toolkit/compile/compile-group.ts';
import { noHomes } from '../../../toolkit/compile/homes.ts';
import { silenceCompiler } from '../../../toolkit/compile/silences/index.ts';
import { alertmanagerProvider } from '../../../toolkit/providers/alertmanager/index.ts';
import { items, sampleGroup, sampleStacks } from '../../../toolkit/testing/sample-group.ts';
import { renderFiles } from './render-files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opsctl-render-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a silence, which Alertmanager keeps itself, is told and keeps no file from being written', async () => {
  const terms = { from: '2026-11-28T22:00:00+08:00', until: '2026-11-29T02:00:00+08:00', reason: 'Disks.' };
  const stacks = sampleStacks((plant) =>
    plant.silence(items.where({ class: 'host' }), { ...terms, owner: 'plant-ops', change: 'CHG-1' }),
  );
  const { resources } = compileGroup(sampleGroup({ stacks }), noHomes, null, silenceCompiler);
  const ofPlant = resources.filter(({ address, target }) => address.startsWith('plant/') && target === 'alertmanager');
  const { files, diagnostics } = await renderFiles(
    folder,
    ofPlant,
    [alertmanagerProvider],
    new AbortController().signal,
  );
  expect(files).toEqual(['plant/alertmanager/alertmanager.yml', 'plant/alertmanager/templates/opsctl.tmpl']);
  expect(diagnostics).toMatchObject([
    { code: 'render/kept-by-server', severity: 'notice', subject: 'plant/alertmanager-silence/chg-1' },
  ]);
});
