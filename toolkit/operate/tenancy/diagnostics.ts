import { defineDiagnostics } from '../../diagnostics/index.ts';

interface Crossed {
  readonly stack: string;
  readonly tenant: string;
  readonly other: string;
  /** What was seen first, and how much besides. */
  readonly seen: string;
}

/** What `opsctl tenancy verify` finds. */
export const tenancyVerifyDiagnostics = defineDiagnostics('tenancy-verify', {
  reads: {
    severity: 'error',
    summary: 'Tenant can read another',
    detail: ({ stack, tenant, other, seen }: Crossed) =>
      `In the cluster of ${stack}, ${tenant} can read ${other}: ${seen}.`,
    hint: 'Find the role binding that gives the right (`kubectl get rolebindings,clusterrolebindings -A -o wide`), and take it away.',
  },
  writes: {
    severity: 'error',
    summary: 'Tenant can change another',
    detail: ({ stack, tenant, other, seen }: Crossed) =>
      `In the cluster of ${stack}, ${tenant} can change ${other}: ${seen}.`,
    hint: 'Find the role binding that gives the right (`kubectl get rolebindings,clusterrolebindings -A -o wide`), and take it away.',
  },
  exhausts: {
    severity: 'error',
    summary: 'Tenant can exhaust others',
    detail: ({ stack, tenant, other, seen }: Crossed) =>
      `In the cluster of ${stack}, ${tenant} can take from ${other} what they need: ${seen}.`,
    hint: 'Apply the stack, which puts quota, limits and labels back; then find out who took them away.',
  },
  reaches: {
    severity: 'error',
    summary: 'Network between tenants not closed',
    detail: ({ stack, tenant, other, seen }: Crossed) =>
      `In the cluster of ${stack}, nothing keeps ${tenant} from reaching ${other}: ${seen}.`,
    hint: 'Apply the stack, which puts its network policies back; declare an opening that is meant, and delete one that is not.',
  },
  untried: {
    severity: 'error',
    summary: 'Isolation could not be tried',
    detail: ({ stack, what, count }: { stack: string; what: string; count: number }) =>
      `In the cluster of ${stack}, ${count} ${count === 1 ? 'question was' : 'questions were'} not answered: ${what}.`,
    hint: 'Apply the stack first, and let whoever is logged in impersonate the groups of the tenants: `opsctl tenancy verify --rights GROUP` prints what that takes.',
  },
  'unknown-tenant': {
    severity: 'error',
    summary: 'Tenant that no stack isolates',
    detail: ({ tenant, known }: { tenant: string; known: readonly string[]; nearest: string | null }) =>
      `No stack isolates ${tenant}. Isolated: ${known.join(', ') || 'none'}.`,
    hint: ({ nearest }) => (nearest === null ? 'Correct the name.' : `Did you mean ${nearest}?`),
  },
  'nobody-isolated': {
    severity: 'warning',
    summary: 'No tenant is isolated',
    detail: ({ stacks }: { stacks: readonly string[] }) =>
      `${stacks.length === 0 ? 'No stack' : `None of ${stacks.join(', ')}`} isolates a tenant, so there is nothing to verify.`,
    hint: 'Give tenants namespaces with `.isolate(tenant, { ... })`.',
  },
});
