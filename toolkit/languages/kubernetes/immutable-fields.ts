import { groupOf } from './identity.ts';
import { type Manifest, textOf } from './manifest.ts';

/** What names an object: with another of these it is another object. The version is not among them, its group is. */
const identityFields = ['/kind', '/metadata/namespace', '/metadata/name'];

/**
 * Fields that the API server lets nobody change, by group and kind. Of custom resources their definition may say so too,
 * which is known only when the server refuses.
 */
const immutableFields: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '': {
    PersistentVolumeClaim: ['/spec/accessModes', '/spec/storageClassName', '/spec/volumeName', '/spec/selector'],
    Secret: ['/type'],
    Service: ['/spec/clusterIP'],
  },
  apps: {
    DaemonSet: ['/spec/selector'],
    Deployment: ['/spec/selector'],
    ReplicaSet: ['/spec/selector'],
    StatefulSet: ['/spec/selector', '/spec/serviceName', '/spec/podManagementPolicy', '/spec/volumeClaimTemplates'],
  },
  'apiextensions.k8s.io': { CustomResourceDefinition: ['/spec/group', '/spec/names/kind', '/spec/scope'] },
  batch: { Job: ['/spec/selector', '/spec/template', '/spec/completions', '/spec/completionMode'] },
  'rbac.authorization.k8s.io': { ClusterRoleBinding: ['/roleRef'], RoleBinding: ['/roleRef'] },
  'scheduling.k8s.io': { PriorityClass: ['/value', '/preemptionPolicy'] },
  'storage.k8s.io': {
    StorageClass: ['/provisioner', '/parameters', '/reclaimPolicy', '/volumeBindingMode'],
    CSIDriver: ['/spec/attachRequired', '/spec/fsGroupPolicy'],
  },
};

/** JSON pointers whose change takes another object: what was there goes, and the new one comes. */
export function replacingFields(before: Manifest, after: Manifest): readonly string[] {
  const [group, kind] = [groupOf(textOf(before.apiVersion)), textOf(before.kind)];
  const isOtherGroup = group !== groupOf(textOf(after.apiVersion));
  const own = immutableFields[group]?.[kind] ?? [];
  return [...(isOtherGroup ? ['/apiVersion'] : []), ...identityFields, ...own, ...lockedData(before)];
}

/** A ConfigMap or Secret that was said never to change. */
function lockedData({ apiVersion, kind, immutable }: Manifest): readonly string[] {
  const isLocked = apiVersion === 'v1' && (kind === 'ConfigMap' || kind === 'Secret') && immutable === true;
  return isLocked ? ['/data', '/binaryData', '/stringData', '/immutable'] : [];
}
