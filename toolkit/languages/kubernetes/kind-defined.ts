import { groupOf } from './identity.ts';
import { type Manifest, mappingOf, textOf } from './manifest.ts';

/** The kind that a definition of custom resources makes known; null for any other object. */
export function kindDefined(manifest: Manifest): { readonly group: string; readonly kind: string } | null {
  if (manifest.kind !== 'CustomResourceDefinition' || groupOf(textOf(manifest.apiVersion)) !== 'apiextensions.k8s.io')
    return null;
  const { group, names } = mappingOf(manifest.spec);
  return { group: textOf(group), kind: textOf(mappingOf(names).kind) };
}
