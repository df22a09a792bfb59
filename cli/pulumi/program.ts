// `opsctl/pulumi/program`: what the Pulumi project of a repository runs.

import { Failure } from '../../toolkit/diagnostics/index.ts';
import { engineDiagnostics } from '../../toolkit/engine/engine-diagnostics.ts';
import { programFailure } from '../../toolkit/engine/pulumi/program-failure.ts';
import { type ProgramSelection, selectionOfProgram } from '../../toolkit/engine/pulumi/program-selection.ts';
import { registerObjects } from '../../toolkit/engine/pulumi/register-objects.ts';
import { addressFields, type Resource } from '../../toolkit/model/index.ts';
import { createSecretResolver, type Repository } from '../../toolkit/operate/index.ts';
import { openContent } from '../../toolkit/operate/open-content.ts';
import { validateContent } from '../../toolkit/operate/validate-resources.ts';
import { clusterFormOf, wire } from '../wire.ts';

/**
 * Compiles the repository around the project, in its sandbox as every command does, and registers what the stacks of this
 * Pulumi stack are to hold. Which these are is in its name, `<environment>.<stack>`, or in its configuration.
 */
export async function runProgram(directory: string = process.cwd()): Promise<void> {
  try {
    await registerRepository(directory);
  } catch (error) {
    throw programFailure(error);
  }
}

async function registerRepository(directory: string): Promise<void> {
  const selection = selectionOfProgram();
  const { resources, repository } = await compile(directory, selection);
  const { environment } = selection;
  const secrets = createSecretResolver(repository.root, process.env);
  for (const stack of selection.stacks)
    await registerObjects({
      environment,
      stack,
      objects: resources
        .filter(({ address }) => addressFields(address).stack === stack)
        .map((resource) => ({ ...resource, environment, binding: null })),
      async clusterOf(target) {
        const binding = repository.bindings.targets.find((one) => one.stack === stack && one.target === target);
        if (binding === undefined)
          throw new Failure(engineDiagnostics.create('no-binding', { stack, target, environment }));
        return await clusterFormOf(binding, secrets);
      },
    });
}

interface Compiled {
  readonly resources: readonly Resource[];
  readonly repository: Repository;
}

async function compile(directory: string, { environment }: ProgramSelection): Promise<Compiled> {
  const wiring = wire(directory, 'pulumi');
  const { value, diagnostics } = await openContent({
    directory,
    environment,
    bindingsFile: process.env['OPSCTL_BINDINGS'] ?? null,
    wiring,
  });
  const fault = [...diagnostics, ...(value === null ? [] : validateContent(value.content, wiring))].find(
    ({ severity }) => severity === 'error',
  );
  await value?.content.close();
  if (fault !== undefined) throw new Failure(fault);
  if (value === null) throw new Error('Bug: the content did not open, and nothing says why.');
  return { resources: value.content.placed, repository: value.repository };
}
