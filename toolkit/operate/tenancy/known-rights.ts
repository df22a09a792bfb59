/** `deployments.apps`, `secrets`, `pods/log`. */
export function pluralTitle(group: string, resource: string): string {
  const [plural = '', subresource] = resource.split('/');
  const named = group === '' ? plural : `${plural}.${group}`;
  return subresource === undefined ? named : `${named}/${subresource}`;
}

/** What belongs to no namespace and says nothing of any tenant; clusters let everybody look at it. */
export const harmlessLooks: readonly string[] = [
  'apiservices.apiregistration.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
  'gatewayclasses.gateway.networking.k8s.io',
  'ingressclasses.networking.k8s.io',
  'priorityclasses.scheduling.k8s.io',
  'runtimeclasses.node.k8s.io',
  'storageclasses.storage.k8s.io',
  'volumeattributesclasses.storage.k8s.io',
  'volumesnapshotclasses.snapshot.storage.k8s.io',
];
