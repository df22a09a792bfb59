// What every command needs. Linting, testing rules and reading budgets stand behind files of their own: the program starts
// faster without them.
export { compareCompiles } from './compare-compiles.ts';
export type {
  Content,
  ContentStack,
  OptionalProvider,
  Outcome,
  PlanOutcome,
  PlanRequest,
  Repository,
  Wiring,
} from './contract.ts';
export {
  type DriftReport,
  isDrifted,
  isIncomplete,
  type MutedDrift,
  type MuteNote,
  makeDriftReport,
  type ReportedDrift,
} from './drift-report.ts';
export type { BudgetRequest, ErrorBudget } from './error-budgets.ts';
export { loadContent } from './load-content.ts';
export { makePlan } from './make-plan.ts';
export { findNeededSettings } from './needed-settings.ts';
export { type OpenOptions, openContent } from './open-content.ts';
export { isUnbound, openRepository, type RepositoryRequest } from './open-repository.ts';
export { programVersion } from './program-version.ts';
export type { Refire } from './refire.ts';
export {
  createSecretResolver,
  credentialUsers,
  findMissingSecrets,
  type SecretResolver,
  type SecretUser,
} from './secrets.ts';
export type { Statement, UpheldObjective } from './session-messages.ts';
export type { RuleTestReport, RuleTestRequest } from './test-rules.ts';
export { findUnboundDeclared } from './unbound-targets.ts';
export { typesOf, validateContent } from './validate-resources.ts';
export { tellWeakened } from './weakened-policies.ts';
