import type { JsonObject, TargetBinding } from '../../model/index.ts';
import { readSettings } from './settings.ts';
import { toWire } from './wire-form.ts';

/** How objects of one binding are handed to a cluster by somebody else than this provider. */
export interface ClusterForm {
  readonly kubeconfig: { readonly path: string } | { readonly reference: string } | null;
  readonly context: string | null;
  readonly namespace: string | null;
  /** Whose the fields are to be, so that this provider takes them for its own. */
  readonly fieldManager: string;
  /** The manifest as it is sent, with our label. Secrets have their values. */
  print(manifest: JsonObject): JsonObject;
}

export function clusterForm(binding: TargetBinding): ClusterForm {
  const settings = readSettings(binding);
  const { kubeconfig, context, namespace, fieldManager } = settings;
  return { kubeconfig, context, namespace, fieldManager, print: (manifest) => toWire(manifest, null, settings) };
}
