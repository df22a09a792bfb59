export { includedManifests, type ManifestPattern, manifestFolder } from './included-manifests.ts';
export type { WrittenManifest } from './read-manifests.ts';
