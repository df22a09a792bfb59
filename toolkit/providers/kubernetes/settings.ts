import type { TargetBinding } from '../../model/index.ts';

/** What a binding says about a cluster. */
export interface ClusterSettings {
  /** Absolute path, or a reference to the text of a kubeconfig. Null: the service account, or what kubectl would take. */
  readonly kubeconfig: { readonly path: string } | { readonly reference: string } | null;
  readonly context: string | null;
  /** Namespace of objects that name none. */
  readonly namespace: string | null;
  readonly fieldManager: string;
  /** Another keeps the objects, so no field is ours; null where opsctl does. */
  readonly reconciledBy: string | null;
  /** Value of the label by which the objects of this stack are known. */
  readonly owner: string;
  readonly timeoutMs: number;
  readonly deletionTimeoutMs: number;
}

const defaultTimeoutMs = 15_000;
const defaultDeletionTimeoutMs = 30_000;

export function readSettings({ stack, settings }: TargetBinding): ClusterSettings {
  const { kubeconfig, context, namespace, fieldManager, timeoutMs, deletionTimeoutMs } = settings;
  return {
    kubeconfig: kubeconfigOf(kubeconfig),
    context: typeof context === 'string' ? context : null,
    namespace: typeof namespace === 'string' ? namespace : null,
    // One for each stack: with a common one, a second stack would take the fields of the first away without a word.
    fieldManager: typeof fieldManager === 'string' ? fieldManager : `opsctl-${stack}`,
    reconciledBy: typeof settings.reconciledBy === 'string' ? settings.reconciledBy : null,
    owner: stack,
    timeoutMs: typeof timeoutMs === 'number' ? timeoutMs : defaultTimeoutMs,
    deletionTimeoutMs: typeof deletionTimeoutMs === 'number' ? deletionTimeoutMs : defaultDeletionTimeoutMs,
  };
}

function kubeconfigOf(value: unknown): ClusterSettings['kubeconfig'] {
  if (typeof value === 'string') return { path: value };
  if (typeof value !== 'object' || value === null || !('$secret' in value)) return null;
  return { reference: String(value.$secret) };
}
