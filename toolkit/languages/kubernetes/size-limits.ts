import { type Manifest, mappingOf, textOf } from './manifest.ts';

/** Something that is larger than the API server takes. */
export interface Oversize {
  /** JSON pointer to what is too large. */
  readonly pointer: string;
  readonly bytes: number;
  readonly maxBytes: number;
}

/** Contents of one ConfigMap or Secret, keys and values. */
export const maxDataBytes = 1024 * 1024;
/** All annotations of one object, keys and values. */
export const maxAnnotationBytes = 256 * 1024;
/** One request: what etcd takes of a whole object, as it is configured out of the box. */
const maxObjectBytes = 1_500_000;

/** What of an object is too large to be stored. */
export function findOversize(manifest: Manifest): readonly Oversize[] {
  const { annotations } = mappingOf(manifest.metadata);
  const limited = [
    { pointer: '/metadata/annotations', bytes: bytesOfEntries(mappingOf(annotations)), maxBytes: maxAnnotationBytes },
    ...(holdsData(manifest) ? [{ pointer: '/data', bytes: bytesOfData(manifest), maxBytes: maxDataBytes }] : []),
  ].filter(({ bytes, maxBytes }) => bytes > maxBytes);
  if (limited.length > 0) return limited;
  const bytes = Buffer.byteLength(JSON.stringify(manifest));
  return bytes > maxObjectBytes ? [{ pointer: '', bytes, maxBytes: maxObjectBytes }] : [];
}

function holdsData({ apiVersion, kind }: Manifest): boolean {
  return apiVersion === 'v1' && (kind === 'ConfigMap' || kind === 'Secret');
}

function bytesOfData({ data, binaryData, stringData }: Manifest): number {
  return (
    bytesOfEntries(mappingOf(data)) + bytesOfEntries(mappingOf(binaryData)) + bytesOfEntries(mappingOf(stringData))
  );
}

function bytesOfEntries(entries: Manifest): number {
  return Object.entries(entries).reduce(
    (total, [key, value]) => total + Buffer.byteLength(key) + Buffer.byteLength(textOf(value)),
    0,
  );
}
