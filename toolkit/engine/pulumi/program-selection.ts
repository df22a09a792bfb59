import * as pulumi from '@pulumi/pulumi';
import { Failure } from '../../diagnostics/index.ts';
import { pulumiDiagnostics } from './pulumi-diagnostics.ts';
import { readPulumiStackName } from './urn.ts';

/** Which stacks of which environment a Pulumi stack holds. */
export interface ProgramSelection {
  readonly environment: string;
  readonly stacks: readonly string[];
}

/** As the configuration says it (`opsctl:environment`, `opsctl:stacks`), else as the name of the Pulumi stack does. */
export function selectionOfProgram(): ProgramSelection {
  const config = new pulumi.Config('opsctl');
  const named = readPulumiStackName(pulumi.getStack());
  const environment = config.get('environment') ?? named?.environment;
  const stacks = config.getObject<string[]>('stacks') ?? (named === null ? undefined : [named.stack]);
  if (environment === undefined || stacks === undefined)
    throw new Failure(pulumiDiagnostics.create('stack-count', { pulumiStack: pulumi.getStack() }));
  return { environment, stacks };
}
