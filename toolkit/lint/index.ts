export { applyEdits } from './apply-edits.ts';
export { applyWaivers } from './apply-waivers.ts';
export type { Check, Problem } from './check.ts';
export { type LintFinding, type LintRequest, lint } from './lint.ts';
export { type LintContext, makeContext } from './lint-context.ts';
export type {
  AlertmanagerFile,
  DashboardFile,
  LintDocument,
  LintInput,
  Located,
  Rule,
  RuleFile,
  RuleGroup,
} from './lint-input.ts';
export { lintReadingDiagnostics } from './read/diagnostics.ts';
export { isMapping, listOf, textOf } from './read/fields.ts';
export { type ForeignFile, readForeign } from './read/read-foreign.ts';
export { readResources } from './read/read-resources.ts';
export { writtenTexts } from './read/written-texts.ts';
export { checks } from './registry.ts';
