export { checkBoundTargets, type RecordedObjects } from './check-bound-targets.ts';
export { checkSharedPlaces } from './check-shared-places.ts';
export { type ReadBindings, readBindings } from './read-bindings.ts';
