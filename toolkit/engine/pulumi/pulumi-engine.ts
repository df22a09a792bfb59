import type { TargetBinding } from '../../model/index.ts';
import type { Engine } from '../engine.ts';
import type { StateSource } from '../state/state-source.ts';
import type { ClusterForm } from './cluster-objects.ts';

export interface PulumiEngineSettings {
  /** Of the repository. */
  readonly root: string;
  /** Where histories, local locks, and what is remembered of its stacks are. */
  readonly stateRoot: string;
  /** Given with --bindings; null where the environment's own are meant. */
  readonly bindingsFile: string | null;
  readonly command: string;
  /** How a target in a cluster is spoken to. */
  readonly clusterForm: (
    binding: TargetBinding,
    resolveSecret: (reference: string) => Promise<string>,
  ) => Promise<ClusterForm>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The engine that lets Pulumi work. Nothing of it is loaded before it is asked: every other command starts without. */
export function createPulumiEngine(settings: PulumiEngineSettings): Engine {
  return {
    name: 'pulumi',
    apply: async (plan, options) => (await import('./apply-plan.ts')).applyPlan(plan, options, settings),
  };
}

export function createLazyPulumiStates(
  settings: Pick<PulumiEngineSettings, 'root' | 'stateRoot' | 'env'>,
): StateSource {
  let opening: Promise<StateSource> | null = null;
  const states = () => {
    opening ??= import('./pulumi-states.ts').then(({ createPulumiStates }) => createPulumiStates(settings));
    return opening;
  };
  return {
    listStacks: async (environment) => (await states()).listStacks(environment),
    load: async (key) => (await states()).load(key),
  };
}
