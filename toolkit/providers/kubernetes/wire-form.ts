import {
  decodeSecretData,
  encodeSecretData,
  type Manifest,
  mappingOf,
  withOwner,
} from '../../languages/kubernetes/index.ts';
import type { ClusterSettings } from './settings.ts';

/** What is sent: the manifest as it was compiled, with the namespace of the binding where it names none, and our label. */
export function toWire(manifest: Manifest, namespace: string | null, { owner }: ClusterSettings): Manifest {
  const metadata = { ...mappingOf(manifest.metadata), ...(namespace === null ? {} : { namespace }) };
  return encodeSecretData(withOwner({ ...manifest, metadata }, owner));
}

/** A live object as manifests are compared. Elements of a list do not say what they are. */
export function fromWire(live: Manifest, { apiVersion = '', kind = '' }: Manifest): Manifest {
  return decodeSecretData({ ...live, apiVersion, kind });
}
