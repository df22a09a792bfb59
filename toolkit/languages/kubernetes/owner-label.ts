import { type Manifest, mappingOf } from './manifest.ts';

/** Label of every object that a stack has put into a cluster, with the name of the stack. */
export const ownerLabel = 'opsctl/stack';

export function withOwner(manifest: Manifest, stack: string): Manifest {
  const metadata = mappingOf(manifest.metadata);
  if (mappingOf(metadata.labels)[ownerLabel] === stack) return manifest;
  return { ...manifest, metadata: { ...metadata, labels: { ...mappingOf(metadata.labels), [ownerLabel]: stack } } };
}

/** Which stack has put an object there; null where none has. */
export function ownerOf(live: Manifest): string | null {
  const label = mappingOf(mappingOf(live.metadata).labels)[ownerLabel];
  return typeof label === 'string' ? label : null;
}
