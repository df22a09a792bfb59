export { type Labels, type RelabelRule, relabel } from './relabelling.ts';
