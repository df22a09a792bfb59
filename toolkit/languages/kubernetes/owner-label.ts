import { type Manifest, mappingOf } from './manifest.ts';

/** Label of every object that a stack has put into a cluster, with the name of the stack. */
export const ownerLabel = 'opsctl/stack';

/** Tells stacks of one name apart that two repositories have put into one cluster. */
export const organisationLabel = 'opsctl/organisation';

export function withOwner(manifest: Manifest, stack: string, organisation: string | null = null): Manifest {
  const metadata = mappingOf(manifest.metadata);
  const labels = mappingOf(metadata.labels);
  const wanted = { [ownerLabel]: stack, ...(organisation === null ? {} : { [organisationLabel]: organisation }) };
  if (Object.entries(wanted).every(([name, value]) => labels[name] === value)) return manifest;
  return { ...manifest, metadata: { ...metadata, labels: { ...labels, ...wanted } } };
}

/** Which stack has put an object there; null where none has. */
function ownerOf(live: Manifest): string | null {
  return labelOf(live, ownerLabel);
}

/** Whose stack has put an object there; null of objects from before this was told. */
export function organisationOf(object: Manifest): string | null {
  return labelOf(object, organisationLabel);
}

/**
 * Who else has put an object there that this stack declares, in words; null where nobody has. An object without the label
 * of an organisation is from before there was one, and is the stack's of that name.
 */
export function otherOwner(live: Manifest, stack: string, manifest: Manifest): string | null {
  const owner = ownerOf(live);
  if (owner === null) return null;
  const [theirs, ours] = [organisationOf(live), organisationOf(manifest)];
  const isOther = theirs !== null && ours !== null && theirs !== ours;
  if (owner === stack && !isOther) return null;
  return isOther ? `${owner} of the organisation ${theirs}` : owner;
}

/** An id of an organisation may be any text, and a value of a label may not. */
export function isLabelValue(text: string): boolean {
  return /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(text);
}

function labelOf(object: Manifest, name: string): string | null {
  const label = mappingOf(mappingOf(object.metadata).labels)[name];
  return typeof label === 'string' ? label : null;
}
