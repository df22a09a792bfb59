import type { Diagnostic } from '../../diagnostics/index.ts';
import { boundTargets, type TenantIsolation } from '../../model/index.ts';
import { findUnknown } from '../check-reference.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { checkOpenings } from './check-openings.ts';
import { checkSizes } from './check-sizes.ts';
import { tenancyDiagnostics } from './diagnostics.ts';

/** Whether the spaces of tenants are possible, and keep them apart. */
export function checkIsolation(operated: readonly OperatedStack[]): readonly Diagnostic[] {
  return [
    ...findTaken(operated),
    ...operated.flatMap((stack) => [
      ...checkTenants(stack),
      ...checkTarget(stack),
      ...findReserved(stack),
      ...checkOpenings(stack),
      ...checkSizes(stack),
    ]),
  ];
}

function checkTenants({ organisation, stack }: OperatedStack): readonly Diagnostic[] {
  const known = organisation.tenants.map(({ id }) => id);
  return findUnknown(
    stack.isolations.map(({ tenant, source }) => ({
      subject: `The stack ${stack.name}`,
      field: 'tenant',
      value: tenant,
      known,
      position: source,
    })),
  );
}

function checkTarget({ stack }: OperatedStack): readonly Diagnostic[] {
  if (boundTargets(stack).includes('kubernetes')) return [];
  return stack.isolations.map(({ tenant, source }) =>
    tenancyDiagnostics.create(
      'target-missing',
      { stack: stack.name, tenant },
      { position: source, subject: stack.name },
    ),
  );
}

interface Given {
  readonly stack: string;
  readonly isolation: TenantIsolation;
  readonly namespace: string;
}

/**
 * One name is one tenant's in all clusters: two stacks may be bound to the same one, and people who read the name in one
 * place know whose it is in the other.
 */
function findTaken(operated: readonly OperatedStack[]): readonly Diagnostic[] {
  const given = operated.flatMap(({ stack }) =>
    stack.isolations.flatMap((isolation) =>
      isolation.terms.namespaces.map((namespace): Given => ({ stack: stack.name, isolation, namespace })),
    ),
  );
  const firsts = new Map<string, Given[]>();
  return given.flatMap((one) => {
    const { namespace, isolation, stack } = one;
    const before = firsts.get(namespace) ?? [];
    firsts.set(namespace, [...before, one]);
    const clash = before.find((other) => other.stack === stack || other.isolation.tenant !== isolation.tenant);
    if (clash === undefined) return [];
    const where = clash.stack === stack ? `before` : `by the stack ${clash.stack}`;
    const facts = { namespace, tenant: isolation.tenant, other: clash.isolation.tenant, where };
    return [tenancyDiagnostics.create('namespace-taken', facts, { position: isolation.source, subject: namespace })];
  });
}

function findReserved({ stack }: OperatedStack): readonly Diagnostic[] {
  return stack.isolations.flatMap(({ tenant, terms, source }) =>
    terms.namespaces.flatMap((namespace) => {
      const reason = reservedFor(namespace, stack.home?.namespace);
      if (reason === null) return [];
      const facts = { namespace, tenant, reason };
      return [tenancyDiagnostics.create('namespace-reserved', facts, { position: source, subject: namespace })];
    }),
  );
}

function reservedFor(namespace: string, home: string | undefined): string | null {
  if (namespace === 'default') return 'everything that names no namespace lands there';
  if (/^(kube|openshift)-/.test(namespace)) return 'names with that beginning are the cluster’s own';
  return namespace === home ? 'the systems of the stack are at home there' : null;
}
