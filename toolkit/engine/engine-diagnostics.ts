import { counted, defineDiagnostics } from '../diagnostics/index.ts';

interface TargetFacts {
  readonly stack: string;
  readonly target: string;
}

/** What applying a plan can meet. */
export const engineDiagnostics = defineDiagnostics('engine', {
  'stale-plan': {
    severity: 'error',
    summary: 'Plan is out of date',
    detail: ({ reason }: { reason: string }) => `${reason} Nothing was changed by this plan.`,
    hint: 'Plan again, have the new plan reviewed, and apply that one.',
  },
  'plan-stopped': {
    severity: 'error',
    summary: 'Plan is stopped by a brake',
    detail: ({ reasons }: { reasons: readonly string[] }) => reasons.join(' '),
    hint: 'Plan again with what lifts the brake, once the deletes have been reviewed as such.',
  },
  'plan-has-errors': {
    severity: 'error',
    summary: 'Plan has errors',
    detail: ({ summaries }: { summaries: readonly string[] }) =>
      `The plan was made with findings that block: ${summaries.join('; ')}.`,
    hint: 'Correct them and plan again.',
  },
  'other-target': {
    severity: 'error',
    summary: 'Another target answers',
    detail: (facts: TargetFacts & { expected: string; found: string }) =>
      `Target ${facts.target} of stack ${facts.stack} was ${facts.expected} when the plan was made, and is ${facts.found} now.`,
    hint: 'Correct the binding, or plan again if the target was moved on purpose.',
  },
  'no-binding': {
    severity: 'error',
    summary: 'Target is not bound',
    detail: (facts: TargetFacts & { environment: string }) =>
      `Environment ${facts.environment} does not say where target ${facts.target} of stack ${facts.stack} is.`,
    hint: (facts: TargetFacts & { environment: string }) => `Add it to stacks/bindings/${facts.environment}.yaml.`,
  },
  'no-provider': {
    severity: 'error',
    summary: 'Unknown provider',
    detail: (facts: TargetFacts & { provider: string }) =>
      `Target ${facts.target} of stack ${facts.stack} is bound to provider ${facts.provider}, which this program does not have.`,
    hint: 'Correct the provider in the binding.',
  },
  'target-unreachable': {
    severity: 'error',
    summary: 'Target does not answer',
    detail: (facts: TargetFacts & { operation: string; reason: string }) =>
      `Target ${facts.target} of stack ${facts.stack} could not ${facts.operation}: ${facts.reason}`,
    hint: 'Make the target reachable and run the command again.',
  },
  'change-failed': {
    severity: 'error',
    summary: 'Change failed',
    detail: (facts: { address: string; action: string; reason: string }) =>
      `The ${facts.action} of ${facts.address} failed: ${facts.reason}`,
    hint: 'Correct the cause and run the command again: it begins with what is there.',
  },
  'changes-failed': {
    severity: 'error',
    summary: 'Changes of a target failed',
    detail: (facts: TargetFacts & { count: number; address: string; reason: string }) =>
      `${counted(facts.count, 'change')} of target ${facts.target} of stack ${facts.stack} failed alike, ${facts.address} among them: ${facts.reason}`,
    hint: 'Correct the cause and run the command again: it begins with what is there. `opsctl doctor` looks at the target.',
  },
  'change-unclear': {
    severity: 'error',
    summary: 'Change has an unknown outcome',
    detail: (facts: { address: string; action: string; reason: string }) =>
      `The ${facts.action} of ${facts.address} did not end as it should: ${facts.reason} Whether it was carried out cannot be told yet.`,
    hint: 'Run `opsctl plan`: it looks at the object and goes on from what is there.',
  },
  'target-refused': {
    severity: 'error',
    summary: 'Target refused the change',
    detail: (facts: TargetFacts & { reason: string }) =>
      `Target ${facts.target} of stack ${facts.stack} did not accept the new configuration, so its former one was put back: ${facts.reason}`,
    hint: 'Correct what it names and run the command again.',
  },
  'target-not-running': {
    severity: 'error',
    summary: 'Server of the target does not run',
    detail: (facts: TargetFacts & { reason: string }) =>
      `What lies in target ${facts.target} of stack ${facts.stack} is as planned, and nothing runs that could load it: ${facts.reason}`,
    hint: 'Start the server: it reads these files. Then run `opsctl plan`, which looks whether it has loaded them.',
  },
  'target-not-answering': {
    severity: 'error',
    summary: 'Server of the target does not answer',
    detail: (facts: TargetFacts & { reason: string }) =>
      `What lies in target ${facts.target} of stack ${facts.stack} is as planned, and whether its server has loaded it is not known: ${facts.reason}`,
    hint: 'See what keeps the server busy, and run the command again: it lets the target load this first.',
  },
  'server-awaited': {
    severity: 'error',
    summary: 'Server is still awaited',
    detail: (facts: TargetFacts & { reason: string }) =>
      `What lies in target ${facts.target} of stack ${facts.stack} is as applied, and its server does not say whether it runs that: ${facts.reason}`,
    hint: 'Start the server, or see what keeps it busy, and run the command again: it ends with 0 once the server runs what lies there.',
  },
  'left-running': {
    severity: 'warning',
    summary: 'Server still runs what was removed',
    detail: (facts: TargetFacts & { differences: readonly string[] }) =>
      `Target ${facts.target} of stack ${facts.stack}: ${facts.differences.join(' ')}`,
    hint: 'Stop the server, or bind it elsewhere: opsctl removes files and ends no program.',
  },
  'commit-unclear': {
    severity: 'error',
    summary: 'Target may not have loaded the change',
    detail: (facts: TargetFacts & { reason: string }) =>
      `Target ${facts.target} of stack ${facts.stack} holds the changes, but did not say whether it loaded them: ${facts.reason}`,
    hint: 'Make the target reachable and run the command again: it looks at what is there, and loads it first.',
  },
  'inconsistent-result': {
    severity: 'error',
    summary: 'Result is not what was applied',
    detail: (facts: { address: string; target: string; found: string }) =>
      `${facts.target} took the change of ${facts.address} without complaint, but ${facts.found}.`,
    hint: 'See whether something else writes there. If not, this is a fault of the provider: please report it.',
  },
  'not-verified': {
    severity: 'warning',
    summary: 'Result could not be read back',
    detail: (facts: TargetFacts & { reason: string }) =>
      `Target ${facts.target} of stack ${facts.stack} accepted the changes, but could not be read afterwards: ${facts.reason}`,
    hint: 'Run `opsctl drift` when it answers again.',
  },
  'not-healthy': {
    severity: 'error',
    summary: 'Not healthy after apply',
    detail: (facts: { address: string; detail: string }) =>
      `${facts.address} was applied, and was not seen to work in the time that was given: ${facts.detail}`,
    hint: 'Look at the target; `opsctl doctor` helps. A rule or target that was not looked at yet may only need a longer --health-timeout. Its reverse step is in the plan.',
  },
  'still-not-healthy': {
    severity: 'error',
    summary: 'Still not healthy',
    detail: (facts: { address: string; detail: string }) =>
      `${facts.address} was not seen to work when it was applied, and still is not: ${facts.detail}`,
    hint: 'Look at the target; `opsctl doctor` helps. Every apply looks again, and ends with 1 until it was seen to work.',
  },
  'amiss-before': {
    severity: 'warning',
    summary: 'Amiss before the change, and still',
    detail: (facts: { address: string; detail: string }) =>
      `${facts.address} was applied and is loaded. ${facts.detail}`,
    hint: 'Look at what it names: this apply did not cause it and was not to mend it.',
  },
  'health-unknown': {
    severity: 'error',
    summary: 'Health could not be seen',
    detail: (facts: TargetFacts & { reason: string }) =>
      `Whether target ${facts.target} of stack ${facts.stack} works after the apply could not be seen: ${facts.reason}`,
    hint: 'Look at the target; `opsctl doctor` helps.',
  },
});
