export { type ApplyPhase, applyPhaseOf, applyPhases } from './apply-order.ts';
export { describeObject, groupOf, identityOf, isClusterScoped, type ObjectIdentity, objectName } from './identity.ts';
export { replacingFields } from './immutable-fields.ts';
export { kindDefined } from './kind-defined.ts';
export {
  type FieldManager,
  fieldManagers,
  heldPointers,
  mergeTrees,
  withoutField,
} from './managed-fields.ts';
export { isMapping, listOf, type Manifest, type ManifestValue, mappingOf, textOf } from './manifest.ts';
export { conditionOf, objectStatus } from './object-status.ts';
export {
  isLabelValue,
  organisationLabel,
  organisationOf,
  otherOwner,
  ownerLabel,
  withOwner,
} from './owner-label.ts';
export { type FieldOwnership, inWordsOf, projectFields, sameValue } from './project-fields.ts';
export { parseQuantity, printBytes, printCores } from './quantity.ts';
export { decodeSecretData, encodeSecretData, isSecret } from './secret-data.ts';
export { findOversize } from './size-limits.ts';
export { reasonAnnotation, tenantLabel } from './tenant-label.ts';
