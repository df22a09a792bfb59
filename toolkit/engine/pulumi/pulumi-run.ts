import type { AppliedResource } from '../../model/index.ts';
import type { Run } from '../run/run.ts';
import type { PulumiProject } from './project.ts';
import type { PulumiCommand } from './pulumi-command.ts';
import type { PulumiEngineSettings } from './pulumi-engine.ts';
import type { DeployedStack } from './read-deployment.ts';

/** An apply whose objects Pulumi writes, one stack after the other. */
export interface PulumiRun extends Run {
  readonly settings: PulumiEngineSettings;
  readonly project: PulumiProject;
  readonly command: PulumiCommand;
  /** By stack, as the states were when nothing had been done. */
  readonly deployed: ReadonlyMap<string, DeployedStack>;
}

/** Lets the record beside the journal hold what Pulumi has recorded by now, for whoever looks into it during the run. */
export function holdRecorded(run: PulumiRun, stack: string, { record }: Pick<DeployedStack, 'record'>): void {
  const { journal, elsewhere } = run.stacks.get(stack) ?? {};
  if (journal === undefined) return;
  replaceAll(journal.record.resources, record.resources);
  if (elsewhere !== undefined) elsewhere.serial = record.serial;
}

function replaceAll<Key>(held: Map<Key, AppliedResource>, recorded: ReadonlyMap<Key, AppliedResource>): void {
  held.clear();
  for (const [key, resource] of recorded) held.set(key, resource);
}
