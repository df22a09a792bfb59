import { counted, defineDiagnostics } from '../../diagnostics/index.ts';

export interface HeldField {
  readonly manager: string;
  readonly field: string;
}

export const kubernetesDiagnostics = defineDiagnostics('kubernetes', {
  'bad-manifest': {
    severity: 'error',
    summary: 'Kubernetes object declared in a shape that no cluster takes',
    detail: ({ pointer, expected }: { pointer: string; expected: string }) => `${pointer} must be ${expected}.`,
    hint: 'Correct the manifest.',
  },
  'server-field': {
    severity: 'error',
    summary: 'Kubernetes object declares what only the cluster knows',
    detail: ({ pointers }: { pointers: readonly string[] }) => `It has ${pointers.join(', ')}.`,
    hint: 'Leave these fields out; they came with `kubectl get -o yaml`.',
  },
  'too-large': {
    severity: 'error',
    summary: 'Kubernetes object is larger than a cluster stores',
    detail: ({ what, bytes, maxBytes }: { what: string; bytes: number; maxBytes: number }) =>
      `${what} has ${bytes} bytes, and at most ${maxBytes} are taken.`,
    hint: 'Split it into several objects, or keep large data elsewhere.',
  },
  'library-missing': {
    severity: 'error',
    summary: 'Library for Kubernetes is not installed',
    detail: ({ reason }: { reason: string }) => `@kubernetes/client-node cannot be loaded: ${reason}`,
    hint: 'Run `npm install @kubernetes/client-node@^2.0.0` where opsctl is installed.',
  },
  'no-kubeconfig': {
    severity: 'error',
    summary: 'Kubeconfig cannot be used',
    detail: ({ file, reason }: { file: string; reason: string }) => `${file}: ${reason}.`,
    hint: 'Correct `kubeconfig` and `context` in the binding, or the file that it names.',
  },
  'login-failed': {
    severity: 'error',
    summary: 'Credentials for the cluster cannot be had',
    detail: ({ file, reason }: { file: string; reason: string }) => `${file}: ${reason}.`,
    hint: 'Log in again with the tool that the kubeconfig names, and see that it is on PATH.',
  },
  'credentials-refused': {
    severity: 'error',
    summary: 'Cluster refuses the credentials',
    detail: ({ server, said }: { server: string; said: string }) =>
      `${server} answers with status 401${said === '' ? '' : ` (${said})`}: they have expired, or are for another cluster.`,
    hint: 'Get a new kubeconfig or token, and see that the binding names it.',
  },
  unreachable: {
    severity: 'error',
    summary: 'Cluster does not answer',
    detail: ({ server, reason, tries }: { server: string; reason: string; tries: number }) =>
      `${server}: ${reason}, after ${counted(tries, 'try', 'tries')}.`,
    hint: 'Check that the API server runs and that the kubeconfig is right, then run the command again: what was done is found.',
  },
  'bad-answer': {
    severity: 'error',
    summary: 'Cluster answers with an error',
    detail: ({ object, status, said }: { object: string; status: number; said: string }) =>
      `${object}: status ${status}${said === '' ? '' : `: ${said}`}.`,
    hint: "See the API server's log.",
  },
  forbidden: {
    severity: 'error',
    summary: 'Cluster does not allow this',
    detail: ({ object, said }: { object: string; said: string }) => `${object}: ${said}.`,
    hint: 'Give this user the verb on this resource with a Role and a RoleBinding; opsctl needs get, list, create, patch and delete.',
  },
  'field-conflict': {
    severity: 'error',
    summary: 'Fields of the object belong to somebody else',
    detail: ({ object, held }: { object: string; held: readonly HeldField[] }) =>
      `${object}: ${held.map(({ manager, field }) => `${field} is held by ${manager}`).join(', ')}.`,
    hint: 'Take them over with `opsctl adopt ADDRESS`, leave them out of the declaration, or have the other one let go.',
  },
  'other-owner': {
    severity: 'error',
    summary: 'Object belongs to another stack',
    detail: ({ object, owner }: { object: string; owner: string }) =>
      `${object} was put there by the stack ${owner}, as its labels opsctl/stack and opsctl/organisation say.`,
    hint: 'Let one stack declare it. If that stack is no more, take the labels off the object and adopt it.',
  },
  invalid: {
    severity: 'error',
    summary: 'Cluster refuses the object as invalid',
    detail: ({ object, causes }: { object: string; causes: readonly string[] }) => `${object}: ${causes.join('; ')}.`,
    hint: 'Correct these fields in the declaration.',
  },
  immutable: {
    severity: 'error',
    summary: 'Field of the object cannot be changed',
    detail: ({ object, causes }: { object: string; causes: readonly string[] }) => `${object}: ${causes.join('; ')}.`,
    hint: 'Declare the object under another name, or delete it first: apply then makes it anew.',
  },
  denied: {
    severity: 'error',
    summary: 'Admission of the cluster refuses the object',
    detail: ({ object, said }: { object: string; said: string }) => `${object}: ${said}.`,
    hint: 'Bring the declaration in line with the policy that is named, or have its owner change it.',
  },
  'no-kind': {
    severity: 'error',
    summary: 'Cluster does not know this kind of object',
    detail: ({ object, apiVersion, kind }: { object: string; apiVersion: string; kind: string }) =>
      `${object}: there is no ${kind} in ${apiVersion}.`,
    hint: ({ apiVersion, kind }) => installHint(apiVersion, kind),
  },
  'no-namespace': {
    severity: 'error',
    summary: 'Namespace of the object is not there',
    detail: ({ object, namespace }: { object: string; namespace: string }) =>
      `${object}: the cluster has no namespace ${namespace}, and the plan makes none.`,
    hint: 'Declare the namespace in the same stack, or have it made.',
  },
  'namespace-needed': {
    severity: 'error',
    summary: 'Object names no namespace',
    detail: ({ object }: { object: string }) =>
      `${object} belongs into a namespace, and neither it nor the binding says which.`,
    hint: 'Give it metadata.namespace, or the binding `namespace`.',
  },
  'namespace-ending': {
    severity: 'error',
    summary: 'Namespace of the object is being deleted',
    detail: ({ object, namespace, reason }: { object: string; namespace: string; reason: string }) =>
      `${object}: nothing new is taken in ${namespace}${reason === '' ? '' : ` (${reason})`}.`,
    hint: 'Wait until the namespace is gone, and apply again with the namespace declared.',
  },
  'deletion-hangs': {
    severity: 'error',
    summary: 'Object is not gone after it was deleted',
    detail: ({ object, seconds, reason }: { object: string; seconds: number; reason: string }) =>
      `${object} is still there after ${seconds} s: ${reason}.`,
    hint: 'Whoever put the finalizer has to take it away; see that its controller runs. Run the command again to wait on.',
  },
  'not-served': {
    severity: 'error',
    summary: 'Definition of a kind does not take effect',
    detail: ({ object, kind, reason }: { object: string; kind: string; reason: string }) =>
      `${object}: the cluster does not serve ${kind} yet (${reason}).`,
    hint: 'See what the conditions of the definition say, and whether another one has the same names.',
  },
  leaving: {
    severity: 'error',
    summary: 'Object is being deleted',
    detail: ({ object, reason }: { object: string; reason: string }) => `${object}: ${reason}.`,
    hint: 'Wait until it is gone, and apply again.',
  },
  overloaded: {
    severity: 'error',
    summary: 'Cluster takes no more calls for now',
    detail: ({ server, tries }: { server: string; tries: number }) =>
      `${server} answered ${counted(tries, 'time')} with status 429 and was asked again each time when it said to.`,
    hint: 'Run the command again later, or with a lower --parallel.',
  },
});

/** Where well-known kinds come from; of others only their group is known. */
const origins: Readonly<Record<string, string>> = {
  'monitoring.coreos.com': 'the Prometheus Operator',
  'velero.io': 'Velero',
  'cert-manager.io': 'cert-manager',
  'kustomize.toolkit.fluxcd.io': 'Flux',
  'source.toolkit.fluxcd.io': 'Flux',
  'helm.toolkit.fluxcd.io': 'Flux',
  'argoproj.io': 'Argo CD',
  'gateway.networking.k8s.io': 'the Gateway API',
  'snapshot.storage.k8s.io': 'the CSI snapshot controller',
  'grafana.integreatly.org': 'the Grafana Operator',
};

function installHint(apiVersion: string, kind: string): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const origin = origins[group];
  if (origin !== undefined) return `Install ${origin}, or its CustomResourceDefinition of ${kind}, then plan again.`;
  return `Install what brings the CustomResourceDefinition of ${kind} in ${group || apiVersion}, or declare it in the same stack.`;
}
