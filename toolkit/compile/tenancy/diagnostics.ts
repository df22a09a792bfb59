import { defineDiagnostics } from '../../diagnostics/index.ts';

interface Taken {
  readonly namespace: string;
  readonly tenant: string;
  readonly other: string;
  readonly where: string;
}

/** What is wrong with the spaces that stacks give to tenants. */
export const tenancyDiagnostics = defineDiagnostics('tenancy', {
  'target-missing': {
    severity: 'error',
    summary: 'Tenant isolated in no cluster',
    detail: ({ stack, tenant }: { stack: string; tenant: string }) =>
      `The stack ${stack} isolates ${tenant}, but has no cluster.`,
    hint: "Write `targets: [...standardTargets, 'kubernetes']`, or give the stack a home, and bind kubernetes in stacks/bindings/.",
  },
  'namespace-taken': {
    severity: 'error',
    summary: 'Namespace given twice',
    detail: ({ namespace, tenant, other, where }: Taken) =>
      `The namespace ${namespace} is given to ${tenant}, and ${where} to ${other}.`,
    hint: 'A namespace is one tenant’s alone, under one set of terms. Give one of them another name.',
  },
  'namespace-reserved': {
    severity: 'error',
    summary: 'Namespace that no tenant can have',
    detail: ({ namespace, tenant, reason }: { namespace: string; tenant: string; reason: string }) =>
      `The namespace ${namespace} is given to ${tenant}: ${reason}.`,
    hint: 'Give the tenant a namespace of its own.',
  },
  'opening-too-wide': {
    severity: 'error',
    summary: 'Opening to everywhere',
    detail: ({ tenant, cidr }: { tenant: string; cidr: string }) =>
      `An opening of ${tenant} names ${cidr}, which takes in other tenants, the nodes and the API of the cloud.`,
    hint: ({ cidr }) =>
      cidr.includes(':')
        ? 'Name the networks that are meant.'
        : `Name the networks that are meant. For the Internet write { cidr: '0.0.0.0/0', except: [${privateNetworks.map((one) => `'${one}'`).join(', ')}] }.`,
  },
  'opening-twice': {
    severity: 'error',
    summary: 'Two openings for the same',
    detail: ({ tenant, opening }: { tenant: string; opening: string }) =>
      `${tenant} has two openings that would both be called ${opening}.`,
    hint: 'Make one of them, with the ports of both.',
  },
  'opening-to-nowhere': {
    severity: 'error',
    summary: 'Opening to a tenant that is not there',
    detail: ({ tenant, peer, stack }: { tenant: string; peer: string; stack: string }) =>
      `An opening of ${tenant} names ${peer}, which has no namespace in the cluster of ${stack}.`,
    hint: 'Isolate that tenant in the same stack, or name the network where it is: { cidr: ... }.',
  },
  'opening-one-sided': {
    severity: 'error',
    summary: 'Opening that the other tenant does not have',
    detail: ({ tenant, peer, direction }: { tenant: string; peer: string; direction: 'to' | 'from' }) =>
      `${tenant} opens ${direction} ${peer}, and ${peer} does not open ${direction === 'to' ? 'from' : 'to'} ${tenant}: nothing goes through.`,
    hint: ({ tenant, direction }) =>
      `Whoever speaks for the other tenant adds { ${direction === 'to' ? 'from' : 'to'}: { tenant: '${tenant}' }, ... }, or this one goes.`,
  },
  'opening-to-hidden-tenant': {
    severity: 'error',
    summary: 'Opening to a tenant by its namespace',
    detail: ({ tenant, namespace, owner }: { tenant: string; namespace: string; owner: string }) =>
      `An opening of ${tenant} names the namespace ${namespace}, which is the tenant ${owner}'s.`,
    hint: ({ owner }) => `Name the tenant: { tenant: '${owner}' }. The other end then has to be opened as well.`,
  },
  'no-monitoring': {
    severity: 'error',
    summary: 'Opening from a monitoring that is nowhere',
    detail: ({ tenant, stack }: { tenant: string; stack: string }) =>
      `An opening of ${tenant} is from the monitoring, and the stack ${stack} is not at home in a cluster.`,
    hint: "Name its namespace: { from: { namespace: 'monitoring' }, ... }, or its network: { from: { cidr: ... } }.",
  },
  'monitoring-shut-out': {
    severity: 'warning',
    summary: 'Items that the monitoring cannot reach',
    detail: ({ tenant, namespace, home }: { tenant: string; namespace: string; home: string }) =>
      `The stack reaches items in ${namespace}, and ${tenant} lets nothing in from ${home}: they would all be told as down.`,
    hint: "Add { from: 'monitoring', ports: [...], reason: '...' } to the openings of the tenant.",
  },
  'limits-do-not-fit': {
    severity: 'error',
    summary: 'Sizes of containers that do not fit',
    detail: ({ tenant, text }: { tenant: string; text: string }) => `For containers of ${tenant}, ${text}.`,
    hint: 'A request is no more than its limit, a limit no more than the maximum, and that no more than the quota.',
  },
  'quota-too-small': {
    severity: 'error',
    summary: 'Quota smaller than what is declared',
    detail: ({
      namespace,
      resource,
      declared,
      quota,
      of,
    }: {
      namespace: string;
      resource: string;
      declared: string;
      quota: string;
      of: readonly string[];
    }) =>
      `What is declared in ${namespace} asks for ${declared} of ${resource} (${of.join(', ')}), and its quota is ${quota}: the last of it would not start.`,
    hint: 'Raise the quota of the tenant, or ask for less.',
  },
});

/** Networks that are nobody's on the Internet; the last is where clouds hand out credentials. */
export const privateNetworks: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'];
