import { Failure } from '../../diagnostics/index.ts';
import { createFileBackend } from '../state/file-backend.ts';
import { type LoadResult, loadStack } from '../state/load-stack.ts';
import type { StackKey } from '../state/state-backend.ts';
import type { StateSource } from '../state/state-source.ts';
import { openProject } from './project.ts';
import { createPulumiCommand, type PulumiCommand } from './pulumi-command.ts';
import type { PulumiEngineSettings } from './pulumi-engine.ts';
import { readDeployment } from './read-deployment.ts';
import { rememberedState } from './remembered-state.ts';
import { readPulumiStackName } from './urn.ts';

/**
 * What was last applied, as the states in Pulumi's backend say, with what earlier runs from here remember beside them.
 * Reading takes no lock and no passphrase.
 */
export function createPulumiStates({
  root,
  stateRoot,
  env,
}: Pick<PulumiEngineSettings, 'root' | 'stateRoot' | 'env'>): StateSource {
  let opening: Promise<PulumiCommand> | null = null;
  const command = () => {
    opening ??= openProject(root).then((project) => createPulumiCommand({ project, env }));
    return opening;
  };
  const backend = createFileBackend(stateRoot);
  return {
    async listStacks(environment) {
      const names = await (await command()).listStacks();
      const stacks = names.flatMap((name) => readPulumiStackName(name) ?? []);
      return stacks
        .filter((one) => one.environment === environment)
        .map(({ stack }) => stack)
        .sort();
    },
    async load(key) {
      try {
        const memory = await loadStack(backend.open(key));
        return memory.ok ? await loadDeployed(await command(), key, memory.loaded) : memory;
      } catch (error) {
        if (error instanceof Failure) return { ok: false, diagnostics: [error.diagnostic] };
        throw error;
      }
    },
  };
}

type Memory = Extract<LoadResult, { readonly ok: true }>['loaded'];

async function loadDeployed(command: PulumiCommand, key: StackKey, { record, notices }: Memory): Promise<LoadResult> {
  const read = readDeployment(await command.exportStack(key), key, command.project.name);
  return read.ok ? { ok: true, loaded: { ...rememberedState(read.stack, record), notices } } : read;
}
