import { defineDiagnostics, printSpan, type SourceSpan } from '../../diagnostics/index.ts';

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
  'other-speed': {
    severity: 'notice',
    summary: 'Times are not as declared',
    detail: ({ environment, speed }: { environment: string; speed: number }) =>
      `In ${environment} every interval, waiting time and escalation is that of the declaration divided by ${speed}.`,
    hint: 'Leave it in a laboratory. Anywhere else remove `speed`: alerts would come and go at the wrong times.',
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
  'wrong-url': {
    severity: 'error',
    summary: 'URL that leads nowhere',
    detail: ({ stack, target, url }: { stack: string; target: string; url: string }) =>
      `${target} of ${stack}: ${JSON.stringify(url)} is no URL.`,
    hint: 'Write it as http://host:port; a port is a number up to 65535, and an IPv6 address stands in brackets.',
  },
  'wrong-address': {
    severity: 'error',
    summary: 'Address that leads nowhere',
    detail: ({ declared, address }: { declared: string; address: string }) =>
      `\`addresses\` says that ${declared} answers at ${JSON.stringify(address)}, which is no address.`,
    hint: 'Write it as host:port; a port is a number up to 65535, and an IPv6 address stands in brackets.',
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
  'shared-place': {
    severity: 'error',
    summary: 'Two targets write in one place',
    detail: ({ target, other, otherAt, path }: { target: string; other: string; otherAt: SourceSpan; path: string }) =>
      `${target} writes ${path}, and so does ${other}, which is bound at ${printSpan(otherAt)}: each would overwrite or remove what the other has there.`,
    hint: 'Give each of the two a directory of its own, which is not inside that of the other. Links and `..` do not make one directory two.',
  },
  'reserved-place': {
    severity: 'error',
    summary: 'Target writes into the repository itself',
    detail: ({ target, path, reserved }: { target: string; path: string; reserved: string }) =>
      `${target} writes ${path}, and ${reserved}/ of this repository is there: content, history or state would be overwritten.`,
    hint: 'Bind it to a directory outside of them, such as one below out/.',
  },
  'shared-home': {
    severity: 'error',
    summary: 'Two stacks in one Prometheus of a cluster',
    detail: ({ stack, other, namespace }: { stack: string; other: string; namespace: string }) =>
      `${stack} and ${other} are at home in the namespace ${namespace} of one cluster, with the same labels: one Prometheus would load the rules of both, and each would tell of the items of the other.`,
    hint: 'Give each home labels of its own, and a Prometheus and an Alertmanager that select by them.',
  },
  'shared-url': {
    severity: 'error',
    summary: 'Two targets answer at one URL',
    detail: ({ target, other, otherAt, url }: { target: string; other: string; otherAt: SourceSpan; url: string }) =>
      `${target} is bound to ${url}, and so is ${other}, at ${printSpan(otherAt)}: one server cannot run the configuration of both.`,
    hint: 'Correct the URL of one of the two; where it was copied, its directory usually was too.',
  },
  'unknown-stack': {
    severity: 'error',
    summary: 'Binding of a stack that does not exist',
    detail: ({ stack, nearest }: { stack: string; nearest: string }) =>
      `No stack is named ${stack}, and ${nearest} is not bound.`,
    hint: ({ nearest }) => `Did you mean ${nearest}?`,
  },
  'stack-not-declared': {
    severity: 'warning',
    summary: 'Binding of a stack that is not declared any more',
    detail: ({ stack, recorded }: { stack: string; recorded: number }) =>
      recorded === 0
        ? `No stack is named ${stack}, and no state here records an object of it.`
        : `No stack is named ${stack}, but its state still records ${objects(recorded)} there.`,
    hint: ({ stack, recorded }) =>
      recorded === 0
        ? `Take its bindings away. If the state is on another machine, run \`opsctl destroy --stack ${stack}\` there before.`
        : `Remove them with \`opsctl destroy --stack ${stack}\`; take its bindings away after that, not before.`,
  },
  'unknown-target': {
    severity: 'error',
    summary: 'Binding of a target that the stack does not have',
    detail: ({ stack, target, nearest }: { stack: string; target: string; nearest: string }) =>
      `The stack ${stack} declares no target ${target}, and its target ${nearest} is not bound.`,
    hint: ({ nearest }) => `Did you mean ${nearest}?`,
  },
  'target-not-declared': {
    severity: 'warning',
    summary: 'Binding of a target that the stack does not declare any more',
    detail: ({ stack, target, recorded }: { stack: string; target: string; recorded: number }) =>
      recorded === 0
        ? `The stack ${stack} declares no target ${target}, and no state here records an object in it.`
        : `The stack ${stack} declares no target ${target}, but its state still records ${objects(recorded)} there.`,
    hint: ({ stack, recorded }) =>
      recorded === 0
        ? `Take this binding away. If the state is on another machine, run \`opsctl apply --stack ${stack}\` there before.`
        : `The next \`opsctl apply --stack ${stack}\` removes them; take this binding away after that, not before.`,
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

function objects(count: number): string {
  return count === 1 ? '1 object' : `${count} objects`;
}
