import { counted, defineDiagnostics, nearestName } from '../diagnostics/index.ts';
import type { WeakenedPolicy } from '../plan/index.ts';
import { exampleBinding } from './example-binding.ts';

interface RecordedFacts {
  readonly stack: string;
  readonly targets: readonly string[];
  readonly recorded: number;
  /** Whether content still has the stack. */
  readonly isDeclared: boolean;
}

interface UnboundFacts {
  readonly stack: string;
  readonly target: string;
  readonly environment?: string;
  /** How many declared objects go there. */
  readonly objects?: number;
  readonly declaredAt?: string | null;
}

interface NeededFacts {
  readonly stack: string;
  readonly target: string;
  readonly setting: string;
  readonly because: string;
  readonly line: string;
  readonly addresses: readonly string[];
}

interface MoveFacts {
  readonly stack: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
  /** Recorded objects that are not at the new place as they were applied. */
  readonly left: number;
  /** Address patterns of all that was applied to the target. */
  readonly patterns: readonly string[];
}

/** What is told while a plan is made or a target is asked. */
interface EngineFacts {
  readonly stack: string;
  readonly environment: string;
  readonly engine: string;
  readonly asked: string;
}

export const operateDiagnostics = defineDiagnostics('operate', {
  'reconciled-elsewhere': {
    severity: 'notice',
    summary: 'Objects that a controller applies',
    detail: ({ stack, target, tool, objects }: { stack: string; target: string; tool: string; objects: number }) =>
      `${counted(objects, 'object')} of ${target} of ${stack} ${objects === 1 ? 'is' : 'are'} not planned: ${tool} applies what is rendered.`,
    hint: ({ tool }: { tool: string }) =>
      `Render with opsctl render --for ${tool} and commit the files. opsctl drift compares the cluster with them.`,
  },
  'unknown-stack': {
    severity: 'error',
    summary: 'Unknown stack',
    detail: ({ stack, known }: { stack: string; known: readonly string[] }) =>
      `There is no stack ${stack}. Known: ${known.join(', ') || 'none'}.`,
    hint: ({ stack, known }) => {
      const nearest = nearestName(stack, known);
      return nearest === null ? 'Correct the name given to --stack.' : `Did you mean ${nearest}?`;
    },
  },
  'policies-weakened': {
    severity: 'warning',
    summary: 'Policies judge less than when something was applied last',
    detail: ({ weakened }: { weakened: readonly WeakenedPolicy[] }) =>
      `${weakened.map(({ policy, before, after }) => `${policy} was ${before} and ${after === null ? 'is gone' : `is ${after}`}`).join('; ')}.`,
    hint: 'Put them back, or have it reviewed that they are meant to go: the plan says so under "Read first", until something is applied without them.',
  },
  'target-unbound': {
    severity: 'error',
    summary: 'Target not bound',
    detail: ({ stack, target, environment, objects, declaredAt }: UnboundFacts) =>
      `${environment === undefined ? 'The environment' : `Environment ${environment}`} does not say where the target ${target} of the stack ${stack} is${objects === undefined ? '' : `, and ${counted(objects, 'object')} ${objects === 1 ? 'is' : 'are'} to be put there`}.${declaredAt ? ` The stack is declared at ${declaredAt}.` : ''}`,
    hint: ({ stack, target, environment }) => {
      const line = exampleBinding(target);
      const file = environment === undefined ? 'the bindings file' : `stacks/bindings/${environment}.yaml`;
      return line === null
        ? `Add \`${target}:\` below \`${stack}:\` in ${file}, or take the target out of the stack.`
        : `Add a line such as \`${line}\` below \`${stack}:\` in ${file}, with the place of yours, or take the target out of the stack.`;
    },
  },
  'recorded-target-unbound': {
    severity: 'error',
    summary: 'Target of recorded objects not bound',
    detail: ({ stack, targets, recorded }: RecordedFacts) =>
      `The state of ${stack} records ${recorded === 1 ? '1 object' : `${recorded} objects`} in ${targets.join(', ')}, and the environment does not say where that is.`,
    hint: ({ stack, isDeclared }) =>
      `Put its binding back as it was (Git has it), remove the objects with ${isDeclared ? `\`opsctl apply --stack ${stack}\`` : `\`opsctl destroy --stack ${stack}\``}, and take the binding away after that. Where the system itself is gone, drop each record with \`opsctl state rm ADDRESS\`.`,
  },
  'place-unusable': {
    severity: 'error',
    summary: 'Directory of a target cannot be there',
    detail: ({
      stack,
      target,
      directory,
      reason,
    }: {
      stack: string;
      target: string;
      directory: string;
      reason: string;
    }) => `${target} of ${stack} is bound to ${directory}, and ${reason}.`,
    hint: 'Correct the directory in the binding, or put right what stands in its way. A directory that is merely missing is made by apply.',
  },
  'target-moved': {
    severity: 'warning',
    summary: 'Target is somewhere else now',
    detail: ({ stack, target, from, to, left }: MoveFacts) =>
      `${target} of ${stack} was applied to ${from}, and is bound to ${to} now, where ${left === 1 ? '1 object is' : `${left} objects are`} not as applied. What was applied to ${from} stays there, and opsctl will not know of it any more.`,
    hint: ({ stack, target, patterns }: MoveFacts) =>
      `To clear the former place, bind it as before and run \`opsctl destroy ${patterns.map((pattern) => `--target '${pattern}'`).join(' ')}\`; then bind it anew and apply. To leave it as it is, plan with --target-moved ${stack}/${target}.`,
  },
  'unknown-target': {
    severity: 'error',
    summary: 'Unknown target',
    detail: ({ name, known }: { name: string; known: readonly string[] }) =>
      `--target-moved ${name} names no bound target. Known: ${known.join(', ') || 'none'}.`,
    hint: 'Write it as <stack>/<target>, such as plant-1/prometheus.',
  },
  'no-environment': {
    severity: 'error',
    summary: 'No environment chosen',
    detail: ({ known }: { known: readonly string[] }) =>
      known.length === 0
        ? 'stacks/bindings/ has no file, so nothing says where the targets are.'
        : `stacks/bindings/ has ${known.join(', ')}.`,
    hint: 'Name one with --environment or OPSCTL_ENVIRONMENT; write stacks/bindings/<environment>.yaml if there is none.',
  },
  'setting-needed': {
    severity: 'error',
    summary: 'Binding lacks what declared objects need',
    detail: ({ stack, target, setting, because, addresses }: NeededFacts) =>
      `The binding of ${target} of ${stack} has no \`${setting}\`, and ${listed(addresses)} cannot be made without. ${because}`,
    hint: ({ stack, target, line }: NeededFacts) =>
      `Add \`${line}\`, with its own address, below \`${target}:\` of ${stack}; or take the declaration away.`,
  },
  'target-not-answering': {
    severity: 'warning',
    summary: 'Server of the target does not answer',
    detail: ({ stack, target, reason }: { stack: string; target: string; reason: string }) =>
      `What the target ${target} of the stack ${stack} runs was not compared with its files: ${reason}`,
    hint: 'Start the server or correct the url in the binding; `opsctl doctor` asks all of them.',
  },
  'alerts-not-asked': {
    severity: 'notice',
    summary: 'Active alerts not known',
    detail: ({ stack, target, reason }: { stack: string; target: string; reason: string }) =>
      `Which alerts are active in the ${target} of ${stack}, and what the plan does to them, is not known: ${reason}`,
    hint: 'Plan again when the server answers, to see whether alerts would be told as resolved and fire again.',
  },
  'target-left-running': {
    severity: 'warning',
    summary: 'Server still runs a configuration that is gone',
    detail: ({ stack, target, differences }: { stack: string; target: string; differences: readonly string[] }) =>
      `${target} of ${stack}: ${differences.join(' ')}`,
    hint: ({ stack, target }) =>
      `Stop it, or bind ${target} of ${stack} elsewhere; where the files are still declared, \`opsctl apply\` makes them again.`,
  },
  'secret-unresolved': {
    severity: 'error',
    summary: 'Secret not at hand',
    detail: ({ reference, reason, users = [] }: { reference: string; reason: string; users?: readonly string[] }) =>
      `The reference ${reference} cannot be resolved: ${reason}.${users.length === 0 ? '' : ` It is named by ${listed(users)}.`}`,
    hint: 'Set the variable or write the file where opsctl runs; values never belong into the repository.',
  },
  'other-engine': {
    severity: 'error',
    summary: 'Stack is run by another engine',
    detail: (facts: EngineFacts) =>
      `What was applied for stack ${facts.stack} of ${facts.environment} is recorded by the engine ${facts.engine}, not by ${facts.asked}.`,
    hint: (facts: EngineFacts) =>
      `Run it with --engine ${facts.engine}, or move it: opsctl state migrate --stack ${facts.stack} --from ${facts.engine} --to ${facts.asked}`,
  },
});

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
