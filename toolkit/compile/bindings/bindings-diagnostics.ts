import { defineDiagnostics } from '../../diagnostics/index.ts';

export const bindingsDiagnostics = defineDiagnostics('bindings', {
  empty: {
    severity: 'error',
    summary: 'Bindings file without bindings',
    detail: () => 'The file should say where the targets of each stack live.',
    hint: 'Begin with `environment: <name>` and `stacks:`.',
  },
  'wrong-shape': {
    severity: 'error',
    summary: 'Bindings in a wrong shape',
    detail: ({ message }: { message: string }) => message,
    hint: 'Write `stacks:`, below it each stack, below that each target with its `provider` and settings.',
  },
  'wrong-environment': {
    severity: 'error',
    summary: 'Bindings file of another environment',
    detail: ({ environment, name }: { environment: string; name: string }) =>
      `The file is named ${name}, and says that it is for ${environment}.`,
    hint: 'Rename the file, or correct `environment`: one of the two was copied.',
  },
  'no-provider': {
    severity: 'error',
    summary: 'Target without a provider',
    detail: ({ stack, target }: { stack: string; target: string; known: readonly string[] }) =>
      `${target} of ${stack} does not say which provider serves it.`,
    hint: ({ known }) => `Add \`provider:\` with one of ${known.join(', ')}.`,
  },
  'unknown-provider': {
    severity: 'error',
    summary: 'Unknown provider',
    detail: ({
      stack,
      target,
      provider,
    }: {
      stack: string;
      target: string;
      provider: string;
      nearest: string | null;
      known: readonly string[];
    }) => `${target} of ${stack} names the provider ${JSON.stringify(provider)}, which this program does not have.`,
    hint: ({ nearest, known }) =>
      nearest === null ? `The providers are ${known.join(', ')}.` : `Did you mean ${nearest}?`,
  },
  'wrong-setting': {
    severity: 'error',
    summary: 'Setting that the provider does not accept',
    detail: ({ stack, target, message }: { stack: string; target: string; message: string; provider: string }) =>
      `${target} of ${stack}: ${message}`,
    hint: ({ provider }) => `The settings of the provider ${provider} are in the reference of providers.`,
  },
  'bad-provider-schema': {
    severity: 'error',
    summary: 'Provider with a schema that cannot be used',
    detail: ({ provider, reason }: { provider: string; reason: string }) =>
      `The settings of ${provider} cannot be checked: ${reason}.`,
    hint: 'This is a fault of the provider; report it.',
  },
  'plain-credential': {
    severity: 'error',
    summary: 'Credential written in plain text',
    detail: ({ name }: { name: string }) => `${name} holds a credential itself, and the file is kept in Git.`,
    hint: 'Put it into a variable or a file outside the repository, name it as `env:NAME` or `file:path`, and change the credential: it was written down.',
  },
  'unknown-stack': {
    severity: 'error',
    summary: 'Binding of a stack that does not exist',
    detail: ({ stack }: { stack: string; nearest: string | null }) => `No stack is named ${stack}.`,
    hint: ({ stack, nearest }) =>
      nearest === null ? `Declare it in stacks/${stack}.ts, or take its bindings away.` : `Did you mean ${nearest}?`,
  },
  'unknown-target': {
    severity: 'error',
    summary: 'Binding of a target that the stack does not have',
    detail: ({ stack, target }: { stack: string; target: string; nearest: string | null; known: readonly string[] }) =>
      `The stack ${stack} declares no target ${target}.`,
    hint: ({ nearest, known }) =>
      nearest === null ? `Its targets are ${known.join(', ')}.` : `Did you mean ${nearest}?`,
  },
  'target-not-bound': {
    severity: 'error',
    summary: 'Target without a binding',
    detail: ({ stack, target, environment }: { stack: string; target: string; environment: string }) =>
      `${target} of ${stack} has no place in the environment ${environment}.`,
    hint: ({ stack, target, environment }) =>
      `Add ${target} below \`stacks: ${stack}:\` in stacks/bindings/${environment}.yaml.`,
  },
});
