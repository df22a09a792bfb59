import { objectName } from '../../languages/kubernetes/identity.ts';
import type { Inclusion, KubernetesManifest, Stack } from '../../model/index.ts';
import { namePattern } from '../address-pattern.ts';
import type { WrittenManifest } from './read-manifests.ts';

/** Stacks with one inclusion for each object of the files that they include, as if it were declared where it is written. */
export function expandManifests(stacks: readonly Stack[], manifests: readonly WrittenManifest[]): readonly Stack[] {
  return stacks.map((stack) => ({
    ...stack,
    inclusions: stack.inclusions.flatMap((inclusion) => objectsOf(inclusion, manifests)),
  }));
}

function objectsOf(inclusion: Inclusion, manifests: readonly WrittenManifest[]): readonly Inclusion[] {
  const { content } = inclusion;
  if (content.kind !== 'manifest-files') return [inclusion];
  const isNamed = namePattern(content.id);
  return manifests
    .filter(({ file }) => isNamed(file))
    .map(({ manifest, source }) => ({
      ...inclusion,
      content: {
        kind: 'kubernetes-object',
        id: objectName(manifest),
        manifest: manifest as unknown as KubernetesManifest,
        source,
      },
      source,
    }));
}
