import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { wire } from '../../cli/wire.ts';
import { loadContent, openRepository } from '../../toolkit/operate/index.ts';
import { type Installation, type ProgramName, pathOf } from '../programs.ts';
import { type Laboratory, layOutLaboratory } from './laboratory.ts';
import { root } from './opsctl.ts';

/** Programs of others that a laboratory runs or asks. */
export const neededPrograms: readonly ProgramName[] = [
  'prometheus',
  'promtool',
  'alertmanager',
  'amtool',
  'prometheus-blackbox-exporter',
  'prometheus-node-exporter',
];

export interface PreparedLaboratory {
  readonly laboratory: Laboratory;
  readonly counts: { readonly stacks: number; readonly items: number; readonly resources: number };
}

/** Compiles the reference group and gives everything in it a port or a folder of this machine. */
export async function prepareLaboratory(name: string, installation: Installation): Promise<PreparedLaboratory> {
  const wiring = wire(join(root, '.opsctl', 'state'), 'quickstart');
  const repository = await openRepository({ directory: root, environment: null, bindingsFile: null, wiring });
  if (repository.value === null) throw new Error(`Bug: ${JSON.stringify(repository.diagnostics)}`);
  const { value: content, diagnostics } = await loadContent(repository.value, {});
  if (content === null) {
    const details = diagnostics.map(({ detail }) => detail).join('\n');
    throw new Error(`The content has errors; run ./opsctl validate.\n${details}`);
  }
  // The laboratory is new each time, so what an earlier one recorded is of nothing any more.
  await rm(join(root, '.opsctl', 'state', name), { recursive: true, force: true });
  const laboratory = await layOutLaboratory(content, {
    folder: join(root, '.opsctl', name),
    environment: name,
    checkers: {
      promtool: pathOf(installation, 'promtool'),
      amtool: pathOf(installation, 'amtool'),
      blackbox: pathOf(installation, 'prometheus-blackbox-exporter'),
    },
  });
  await content.close();
  const { stacks, items, resources } = content;
  return { laboratory, counts: { stacks: stacks.length, items: items.length, resources: resources.length } };
}
