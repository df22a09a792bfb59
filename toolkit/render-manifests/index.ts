export type { Reconciler } from './reconciler.ts';
export { type ManifestFile, renderManifests } from './render-manifests.ts';
