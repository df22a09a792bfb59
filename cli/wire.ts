import { join } from 'node:path';
import { createEmbeddedEngine } from '../toolkit/engine/embedded/embedded-engine.ts';
import type { EngineName } from '../toolkit/engine/engine.ts';
import type { ClusterForm } from '../toolkit/engine/pulumi/cluster-objects.ts';
import { createLazyPulumiStates, createPulumiEngine } from '../toolkit/engine/pulumi/pulumi-engine.ts';
import { createFileBackend } from '../toolkit/engine/state/file-backend.ts';
import type { Provider, TargetBinding } from '../toolkit/model/index.ts';
import type { OptionalProvider, Wiring } from '../toolkit/operate/index.ts';
import { alertmanagerProvider } from '../toolkit/providers/alertmanager/index.ts';
import { blackboxProvider } from '../toolkit/providers/blackbox/index.ts';
import { exporterProviders } from '../toolkit/providers/exporter/index.ts';
import { filesProvider } from '../toolkit/providers/files/index.ts';
import { grafanaProvider } from '../toolkit/providers/grafana/index.ts';
import { bindingSchema as kubernetesBinding } from '../toolkit/providers/kubernetes/binding-schema.ts';
import { pipelineProviders } from '../toolkit/providers/pipelines/index.ts';
import { prometheusProvider } from '../toolkit/providers/prometheus/index.ts';

/** The real systems that opsctl knows. This is the one file that names them. */
const providers: Provider[] = [
  filesProvider,
  prometheusProvider,
  alertmanagerProvider,
  blackboxProvider,
  ...exporterProviders,
  ...pipelineProviders,
  grafanaProvider,
];

/** Loaded when a binding or a resource needs them. */
const optionalProviders: readonly OptionalProvider[] = [
  {
    name: 'kubernetes',
    bindingSchema: kubernetesBinding,
    resourceTypes: ['kubernetes-object'],
    load: () => add(async () => (await import('../toolkit/providers/kubernetes/index.ts')).kubernetesProvider),
  },
];

async function add(load: () => Promise<Provider>): Promise<void> {
  const provider = await load();
  if (!providers.includes(provider)) providers.push(provider);
}

/** How Pulumi's provider for Kubernetes is to write to the cluster of a binding. */
export async function clusterFormOf(
  binding: TargetBinding,
  resolveSecret: (reference: string) => Promise<string>,
): Promise<ClusterForm> {
  const { clusterForm } = await import('../toolkit/providers/kubernetes/cluster-form.ts');
  const { kubeconfig, ...form } = clusterForm(binding);
  const text =
    kubeconfig === null || 'path' in kubeconfig
      ? (kubeconfig?.path ?? null)
      : await resolveSecret(kubeconfig.reference);
  return { ...form, kubeconfig: text, resolveSecret };
}

/** Which engine a command works with, and what that engine has to know of its surroundings. */
export interface EngineChoice {
  readonly engine: EngineName;
  /** Given with --bindings; null where the environment's own are meant. */
  readonly bindingsFile: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const embedded: EngineChoice = { engine: 'embedded', bindingsFile: null, env: {} };

/**
 * The providers, with the engine that keeps its state below `stateRoot`. Whoever meets its lock is told the `command`,
 * without the values that it was given: they may be confidential.
 */
export function wire(stateRoot: string, command: string, choice: EngineChoice = embedded): Wiring {
  const told = `opsctl ${command}`;
  if (choice.engine === 'pulumi') {
    const { bindingsFile, env } = choice;
    return {
      ...{ providers, optionalProviders },
      engine: createPulumiEngine({
        root: join(stateRoot, '..', '..'),
        stateRoot,
        command: told,
        bindingsFile,
        env,
        clusterForm: clusterFormOf,
      }),
      statesOf: (place) => createLazyPulumiStates({ ...place, env }),
    };
  }
  const backend = createFileBackend(stateRoot);
  return { providers, optionalProviders, engine: createEmbeddedEngine({ backend, command: told }) };
}
