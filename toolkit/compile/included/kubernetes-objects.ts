import type { JsonObject, KubernetesObject, Resource } from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { type IncludedBy, inclusionStep } from './included-by.ts';

/** An object of a cluster, as it is written. */
export function compileKubernetesObject(operated: OperatedStack, inclusion: IncludedBy<KubernetesObject>): Resource {
  const { id, manifest, source } = inclusion.content;
  const { kind, metadata } = manifest;
  const resource = makeResource(operated, {
    type: 'kubernetes-object',
    name: id,
    target: 'kubernetes',
    // The shape of the declaration has seen to it that it is plain data.
    spec: manifest as unknown as JsonObject,
    items: [],
    derivation: [inclusionStep(operated, inclusion, `the ${kind} ${metadata.name}`)],
  });
  return { ...resource, source };
}
