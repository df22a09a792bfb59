export { applyEdits } from './apply-edits.ts';
export { applyWaivers } from './apply-waivers.ts';
export type { Check } from './check.ts';
export { type LintFinding, type LintRequest, lint } from './lint.ts';
export type { LintInput } from './lint-input.ts';
export { lintReadingDiagnostics } from './read/diagnostics.ts';
export { type ForeignFile, readForeign } from './read/read-foreign.ts';
export { readResources } from './read/read-resources.ts';
export { checks } from './registry.ts';
