import { defineDiagnostics } from '../../diagnostics/index.ts';

interface StackFacts {
  readonly stack: string;
  readonly environment: string;
}

/** What the engine of Pulumi can meet. */
export const pulumiDiagnostics = defineDiagnostics('pulumi', {
  'not-installed': {
    severity: 'error',
    summary: 'Pulumi for Node is not installed',
    detail: ({ package: name }: { package: string }) => `The engine pulumi needs ${name}, which is not there.`,
    hint: ({ install }: { package: string; install: string }) => `Install it: ${install}`,
  },
  'no-program': {
    severity: 'error',
    summary: 'No pulumi on PATH',
    detail: () => 'The engine pulumi runs the program of that name, and no folder of PATH has it.',
    hint: 'Install the command line of Pulumi, or put the folder that holds `pulumi` on PATH.',
  },
  'state-locked': {
    severity: 'error',
    summary: 'State in Pulumi is locked',
    detail: (facts: StackFacts & { holder: string }) =>
      `Somebody else works on stack ${facts.stack} of ${facts.environment}: ${facts.holder}`,
    hint: 'Wait until they have ended. If nobody works on it any more, run `pulumi cancel` for this stack.',
  },
  'wrong-passphrase': {
    severity: 'error',
    summary: 'State in Pulumi cannot be decrypted',
    detail: (facts: StackFacts & { reason: string }) =>
      `The secrets of stack ${facts.stack} of ${facts.environment} do not open: ${facts.reason}`,
    hint: 'Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE, to the passphrase with which the stack was made.',
  },
  'no-backend': {
    severity: 'error',
    summary: 'No backend of Pulumi to be had',
    detail: ({ reason }: { reason: string }) => `Where its states are is not known, or does not answer: ${reason}`,
    hint: 'Set PULUMI_BACKEND_URL, such as file:///var/lib/pulumi, or run `pulumi login`. Where it is set, see that it can be reached from here.',
  },
  'pending-operations': {
    severity: 'error',
    summary: 'State in Pulumi has operations without an outcome',
    detail: (facts: StackFacts & { operations: readonly string[] }) =>
      `A run on stack ${facts.stack} of ${facts.environment} was cut off during ${facts.operations.join(', ')}.`,
    hint: (facts: StackFacts & { pulumiStack: string }) =>
      `Run \`pulumi refresh --stack ${facts.pulumiStack} --clear-pending-creates\`, which looks what is there, then plan again. What was made is adopted if it is as declared.`,
  },
  'other-project': {
    severity: 'error',
    summary: 'State in Pulumi is of another project',
    detail: (facts: StackFacts & { expected: string; found: string }) =>
      `The resources of stack ${facts.stack} of ${facts.environment} are those of project ${facts.found}, and the project here is ${facts.expected}.`,
    hint: 'Run it in the project that the state is of, or choose another backend.',
  },
  'other-stack': {
    severity: 'error',
    summary: 'State in Pulumi is of another stack',
    detail: (facts: StackFacts & { found: string }) =>
      `The record in stack ${facts.stack} of ${facts.environment} says that it is ${facts.found}.`,
    hint: 'See with `pulumi stack ls` which stack it is, and put back the state that was exported from this one.',
  },
  'cannot-read': {
    severity: 'error',
    summary: 'State in Pulumi cannot be read',
    detail: (facts: StackFacts & { reason: string }) =>
      `What was last applied for stack ${facts.stack} of ${facts.environment} is not known: ${facts.reason}`,
    hint: 'Run the same with `pulumi stack export`, which says more.',
  },
  'run-failed': {
    severity: 'error',
    summary: 'Run of Pulumi failed',
    detail: (facts: { stack: string; reason: string }) =>
      `The run on stack ${facts.stack} ended with an error: ${facts.reason}`,
    hint: 'Correct what it names and run the command again: it begins with what is there.',
  },
  'in-the-way': {
    severity: 'error',
    summary: 'Object is there already',
    detail: (facts: { address: string; target: string }) =>
      `${facts.address} is to be made in ${facts.target}, where another object stands that no state records.`,
    hint: (facts: { address: string }) =>
      `Take it over with \`opsctl apply --engine pulumi --adopt ${facts.address}\`, or remove it there.`,
  },
  unreadable: {
    severity: 'error',
    summary: 'Object cannot be looked at',
    detail: (facts: { address: string; reason: string }) =>
      `What stands at ${facts.address} is not known: ${facts.reason}`,
    hint: 'Let this user read it, or remove what is in its place.',
  },
  'crosses-stacks': {
    severity: 'error',
    summary: 'Stacks wait for each other',
    detail: ({ stacks }: { stacks: readonly string[] }) =>
      `${stacks.join(' and ')} each have an object that waits for one of the other, and Pulumi carries out one stack after the other.`,
    hint: 'Plan them in two steps with --target, or use the embedded engine.',
  },
  'cannot-migrate': {
    severity: 'error',
    summary: 'Stack cannot be moved between engines',
    detail: (facts: StackFacts & { reasons: readonly string[] }) =>
      `Stack ${facts.stack} of ${facts.environment} stays where it is: ${facts.reasons.join(' ')}`,
    hint: 'Put right what it names, and migrate again. Nothing was changed.',
  },
  'stack-count': {
    severity: 'error',
    summary: 'Project of Pulumi does not say what it runs',
    detail: ({ pulumiStack }: { pulumiStack: string }) =>
      `The Pulumi stack ${pulumiStack} is not named <environment>.<stack>, and its configuration has no opsctl:environment and opsctl:stacks.`,
    hint: 'Name it like production.plant-1, or set both: pulumi config set opsctl:environment production; pulumi config set --path "opsctl:stacks[0]" plant-1',
  },
});
