export { checkBoundTargets, type RecordedObjects } from './check-bound-targets.ts';
export { checkSharedHomes } from './check-shared-homes.ts';
export { checkSharedPlaces } from './check-shared-places.ts';
export { type ReadBindings, readBindings } from './read-bindings.ts';
