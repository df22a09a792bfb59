export { checkBoundTargets } from './check-bound-targets.ts';
export { type ReadBindings, readBindings } from './read-bindings.ts';
