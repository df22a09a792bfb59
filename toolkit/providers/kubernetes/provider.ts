import { decodeSecretData, groupOf, identityOf, replacingFields } from '../../languages/kubernetes/index.ts';
import type { JsonObject, Provider } from '../../model/index.ts';
import { bindingSchema } from './binding-schema.ts';
import { objectType } from './discover.ts';
import { openSession } from './session.ts';
import { validateManifest } from './validate-manifest.ts';

/** Any object of any Kubernetes cluster, by server-side apply. */
export const kubernetesProvider: Provider = {
  name: 'kubernetes',
  // A manifest is compared as it is written: what the server spells otherwise, the session says in our words.
  resourceTypes: [{ type: objectType, canonical: decodeSecretData, replaceOn: replacingFields, isSamePlace }],
  bindingSchema,
  validate: validateManifest,
  open: openSession,
};

function isSamePlace(before: JsonObject, after: JsonObject): boolean {
  const [from, to] = [identityOf(before), identityOf(after)];
  const isSameKind = groupOf(from.apiVersion) === groupOf(to.apiVersion) && from.kind === to.kind;
  return isSameKind && from.namespace === to.namespace && from.name === to.name;
}
