import type { EngineEvent, InlineProgramArgs, Stack } from '@pulumi/pulumi/automation/index.js';
import { Failure } from '../../diagnostics/index.ts';
import type { Address } from '../../model/index.ts';
import type { StackKey } from '../state/state-backend.ts';
import type { ClusterForm } from './cluster-objects.ts';
import type { StackProgram } from './program-of-plan.ts';
import { ensureProjectFile, environmentOf, linkPackages, type PulumiProject } from './project.ts';
import { failureOf, findPulumi, reasonIn } from './pulumi-command.ts';
import { addressOfUrn, pulumiStackName } from './urn.ts';

export interface StackRunSettings {
  readonly project: PulumiProject;
  readonly key: StackKey;
  readonly program: StackProgram;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly bindingsFile: string | null;
  readonly parallel: number;
  readonly clusterOf: (target: string) => Promise<ClusterForm>;
  /** For the history that Pulumi keeps itself. */
  readonly message: string;
  readonly signal: AbortSignal;
  /** Called while Pulumi holds the lock and before anything is registered; what it throws ends the run. */
  readonly refuseMoved: () => Promise<void>;
  readonly onStarted: (address: Address) => void;
}

/** What Pulumi told of its run. What became of each object is in its state. */
export interface StackRunReport {
  /** By address: what went wrong with it. */
  readonly failures: ReadonlyMap<Address, string>;
  /** Objects whose step has ended well. */
  readonly ended: ReadonlySet<Address>;
  /** Why the run as a whole did not end well; null when it did. */
  readonly error: string | null;
}

/** Lets Pulumi bring one stack to what the program says, through its Automation API. */
export async function runStack(settings: StackRunSettings): Promise<StackRunReport> {
  const { project, key, program, env, bindingsFile, signal } = settings;
  await findPulumi(env);
  await ensureProjectFile(project);
  await linkPackages(
    project,
    program.objects.some(({ type }) => type === 'kubernetes-object'),
  );
  const environment = environmentOf(project, { env, bindingsFile, ...program });
  return await withEnvironment(environment, async () => {
    const stack = await openStack(settings, environment);
    const told = new Telling(settings.onStarted);
    const common = {
      parallel: settings.parallel,
      onEvent: told.take,
      signal,
      color: 'never',
      message: settings.message,
    } as const;
    try {
      if (program.refreshed.length > 0) await stack.refresh({ ...common, target: [...program.refreshed] });
      told.forgetProgress();
      await stack.up({ ...common, target: [...program.targets], continueOnError: true });
      return told.report(null);
    } catch (error) {
      if (error instanceof Failure) throw error;
      return told.report(refusalOf(key, error, told));
    }
  });
}

/** A run that did not begin is a failure of its own; one that began has told what became of each object. */
function refusalOf(key: StackKey, error: unknown, told: Telling): string {
  const printed = error instanceof Error ? error.message : String(error);
  const failure = failureOf(key, printed);
  if (told.isUntouched && failure.diagnostic.code !== 'pulumi/cannot-read') throw failure;
  return told.firstError ?? reasonIn(printed);
}

async function openStack(
  { project, key, program, refuseMoved, clusterOf }: StackRunSettings,
  envVars: Record<string, string>,
): Promise<Stack> {
  const { LocalWorkspace } = await import('@pulumi/pulumi/automation/index.js');
  const { registerObjects } = await import('./register-objects.ts');
  const inline: InlineProgramArgs = {
    stackName: pulumiStackName(key),
    projectName: project.name,
    async program() {
      await refuseMoved();
      await registerObjects({ ...key, objects: program.objects, clusterOf, adopted: program.adopted });
    },
  };
  try {
    return await LocalWorkspace.createOrSelectStack(inline, { workDir: project.directory, envVars });
  } catch (error) {
    throw failureOf(key, error instanceof Error ? error.message : String(error));
  }
}

/** What the engine's events say, as they come. */
class Telling {
  readonly #failures = new Map<Address, string>();
  readonly #ended = new Set<Address>();
  readonly #errors: string[] = [];
  readonly #onStarted: (address: Address) => void;
  isUntouched = true;

  constructor(onStarted: (address: Address) => void) {
    this.#onStarted = onStarted;
  }

  get firstError(): string | null {
    return this.#errors[0] ?? null;
  }

  readonly take = ({ resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent }: EngineEvent): void => {
    const urn = (resourcePreEvent ?? resOutputsEvent ?? resOpFailedEvent)?.metadata.urn;
    const address = addressOfUrn(urn ?? diagnosticEvent?.urn ?? '');
    if (diagnosticEvent?.severity === 'error') {
      const message = plain(diagnosticEvent.message);
      if (address === null) this.#errors.push(message);
      else this.#failures.set(address, message);
    }
    if (address === null) return;
    if (resourcePreEvent !== undefined && resourcePreEvent.metadata.op !== 'same') {
      this.isUntouched = false;
      this.#onStarted(address);
    }
    if (resOutputsEvent !== undefined) this.#ended.add(address);
    if (resOpFailedEvent !== undefined && !this.#failures.has(address))
      this.#failures.set(address, 'it did not say why.');
  };

  /** A refresh has looked, and changed nothing of the objects. */
  forgetProgress(): void {
    this.#ended.clear();
    this.isUntouched = true;
  }

  report(error: string | null): StackRunReport {
    return { failures: this.#failures, ended: this.#ended, error };
  }
}

/** Without the colours and the frame that Pulumi puts around the message of a provider. */
function plain(message: string): string {
  const text = message.replaceAll(/<\{%[^%]*%\}>/g, '').trim();
  return text.replace(/^.*?(?:rpc error: code = \w+ desc = |error: )/s, '').trim();
}

/**
 * The Automation API hands part of what it starts the environment of this process, so for the time of a run it is the one
 * that the run is to have.
 */
async function withEnvironment<Result>(wanted: Record<string, string>, run: () => Promise<Result>): Promise<Result> {
  const former = { ...process.env };
  Object.assign(process.env, wanted);
  try {
    return await run();
  } finally {
    for (const key of Object.keys(wanted)) if (!(key in former)) delete process.env[key];
    Object.assign(process.env, former);
  }
}
