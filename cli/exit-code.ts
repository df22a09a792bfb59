import { type Diagnostic, isAtLeast, type Severity } from '../toolkit/diagnostics/index.ts';

/** What a command ends with. Documented in every `--help`, and never `done` when something failed. */
export const exitCodes = {
  done: 0,
  failure: 1,
  changes: 2,
  findings: 3,
  refused: 4,
  stale: 5,
  locked: 6,
  partial: 7,
  usage: 64,
  interrupted: 130,
} as const;

export type ExitName = keyof typeof exitCodes;

export const exitMeanings: Readonly<Record<ExitName, string>> = {
  done: 'done',
  failure: 'failure: a target, a file or the network did not do what was asked',
  changes: 'changes or drift (only with --detailed-exitcode)',
  findings: 'blocking findings',
  refused: 'refused: policy, brake, protection, or nobody approved',
  stale: 'stale plan: the world has moved since it was made',
  locked: 'lock held by somebody else',
  partial: 'partial failure: some changes are done, others are not',
  usage: 'wrong usage',
  interrupted: 'interrupted, after a clean stop',
};

/**
 * How a command ends after these diagnostics: `done` when none weighs at least `failOn`. Where several would apply, the
 * one that says most about what to do next wins.
 */
export function exitOfDiagnostics(diagnostics: readonly Diagnostic[], failOn: Severity): ExitName {
  const ends = new Set(diagnostics.filter(({ severity }) => isAtLeast(severity, failOn)).map(exitOfDiagnostic));
  return byPrecedence.find((end) => ends.has(end)) ?? 'done';
}

const byPrecedence: readonly ExitName[] = ['locked', 'stale', 'refused', 'usage', 'failure', 'findings'];

/** Codes that say more than that something is wrong with the content. */
const endsOfCodes: Readonly<Record<string, ExitName>> = {
  'lock/held': 'locked',
  'lock/unreadable': 'locked',
  'lock/ahead': 'locked',
  'file-set/in-use': 'locked',
  'engine/stale-plan': 'stale',
  'engine/other-target': 'stale',
  'engine/plan-stopped': 'refused',
  'engine/plan-has-errors': 'refused',
  'plan/file-digest-mismatch': 'refused',
  'operate/other-engine': 'refused',
  'pulumi/state-locked': 'locked',
  'pulumi/pending-operations': 'refused',
  'pulumi/other-project': 'refused',
  'pulumi/other-stack': 'refused',
  'pulumi/cannot-migrate': 'refused',
  'pulumi/crosses-stacks': 'refused',
  'init/exists': 'refused',
  'import/exists': 'refused',
  'render/not-empty': 'refused',
  'apply/stale-plan': 'stale',
  'apply/other-environment': 'stale',
  'apply/not-with-plan-file': 'usage',
  'apply/unknown-approver': 'usage',
  'apply/offline': 'refused',
  'apply/stopped': 'refused',
  'apply/nobody-to-ask': 'refused',
  'apply/declined': 'refused',
  // As of the plan that says the same.
  'apply/blocked': 'findings',
  'apply/no-plan-file': 'usage',
  'apply/carried-out-before': 'stale',
  'apply/unapproved': 'refused',
  // Named on the command line, and not there.
  'operate/unknown-stack': 'usage',
  'operate/unknown-target': 'usage',
  'plan/unknown-stack': 'usage',
  'plan/pattern-matches-nothing': 'usage',
  'explain/not-found': 'usage',
  'state/no-such-resource': 'usage',
  'state/address-elsewhere': 'usage',
  'state-command/no-state': 'usage',
  'state-command/not-an-address': 'usage',
  'state/address-taken': 'refused',
  'state/protected': 'refused',
  'rule-tests/no-such-alert': 'usage',
  'lint-file/no-such-place': 'usage',
  'import/nothing': 'usage',
  'opsctl/usage': 'usage',
  'script-tests/no-such-script': 'usage',
  'script-tests/not-confined': 'failure',
  'agents/unknown-value': 'usage',
  'agents/not-a-version': 'usage',
  'agents/several-programs': 'usage',
  'agents/no-agent-chosen': 'usage',
  'agents/out-not-empty': 'refused',
  'agents/unanswered': 'failure',
  'tenancy-verify/unknown-tenant': 'usage',
  'tenancy-verify/untried': 'failure',
  // Not about content, though found while it was read.
  'content/no-repository': 'usage',
  'content/no-bindings': 'usage',
  'operate/no-environment': 'usage',
  // Content and bindings that do not fit: no repetition mends it.
  'operate/target-unbound': 'findings',
  'content/environment-open': 'failure',
  'alertmanager/strange-answer': 'failure',
  'blackbox/strange-answer': 'failure',
  'prometheus/strange-answer': 'failure',
  'rule-tests/no-promtool': 'failure',
  'plan/not-observed': 'failure',
  'plan/file-empty': 'failure',
  'plan/file-truncated': 'failure',
  'plan/file-corrupted': 'failure',
  'plan/file-other-version': 'failure',
};

/** Areas whose errors are about the world and not about the content. */
const areasOfTheWorld = new Set([
  'doctor',
  'engine',
  'file-set',
  'host',
  'http',
  'lock',
  'operate',
  'opsctl',
  'program',
  'render',
  'state',
]);

function exitOfDiagnostic({ code }: Diagnostic): ExitName {
  const known = endsOfCodes[code];
  if (known !== undefined) return known;
  return areasOfTheWorld.has(code.slice(0, code.indexOf('/'))) ? 'failure' : 'findings';
}
