import { defineDiagnostics } from '../diagnostics/index.ts';

export const manifestDiagnostics = defineDiagnostics('manifests', {
  'secret-left-out': {
    severity: 'warning',
    summary: 'Secret that no file may hold',
    detail: ({ object, keys }: { object: string; keys: readonly string[] }) =>
      `${object} is not rendered: whoever reads the files would read ${keys.join(', ')}.`,
    hint: 'Bring it into the cluster in another way, such as a sealed secret or an operator that fetches it, with the same name and keys.',
  },
  'secret-in-object': {
    severity: 'error',
    summary: 'Secret inside an object that is no Secret',
    detail: ({ object, secrets }: { object: string; secrets: readonly string[] }) =>
      `${object} holds ${secrets.join(', ')}, and a file of it would show the value.`,
    hint: 'Refer to a key of a Secret there, as the kind provides for it.',
  },
  'no-objects': {
    severity: 'error',
    summary: 'Nothing for a cluster',
    detail: ({ stacks }: { stacks: readonly string[] }) =>
      `${stacks.length === 0 ? 'No stack has' : `None of ${stacks.join(', ')} has`} an object of a cluster.`,
    hint: "Say in the head of a stack that it is at home in one: home: kubernetes({ namespace: 'monitoring' }).",
  },
});
