import { Failure } from '../../diagnostics/index.ts';
import { type LoadResult, stackState } from '../state/load-stack.ts';
import { digestState } from '../state/print-state.ts';
import type { StackKey } from '../state/state-backend.ts';
import type { StateSource } from '../state/state-source.ts';
import { openProject } from './project.ts';
import { createPulumiCommand, type PulumiCommand } from './pulumi-command.ts';
import { type DeployedStack, readDeployment } from './read-deployment.ts';
import { readPulumiStackName } from './urn.ts';

/** What was last applied, as the states in Pulumi's backend say. Reading takes no lock and no passphrase. */
export function createPulumiStates(root: string, env: Readonly<Record<string, string | undefined>>): StateSource {
  let opening: Promise<PulumiCommand> | null = null;
  const command = () => {
    opening ??= openProject(root).then((project) => createPulumiCommand({ project, env }));
    return opening;
  };
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
        return await loadDeployed(await command(), key);
      } catch (error) {
        if (error instanceof Failure) return { ok: false, diagnostics: [error.diagnostic] };
        throw error;
      }
    },
  };
}

async function loadDeployed(command: PulumiCommand, key: StackKey): Promise<LoadResult> {
  const read = readDeployment(await command.exportStack(key), key, command.project.name);
  return read.ok ? { ok: true, loaded: loadedStack(read.stack) } : read;
}

/** As planning sees a stack. Pulumi has no journal beside its state: what was cut off are pending operations in it. */
export function loadedStack({ record }: DeployedStack): Extract<LoadResult, { readonly ok: true }>['loaded'] {
  return {
    state: stackState(record, digestState(record)),
    uncertain: record.uncertain,
    notices: [],
    record,
    journal: { entries: [], length: 0, torn: false, size: null, fault: null, fencedOut: 0 },
  };
}
