import type { Diagnostic } from '../../diagnostics/index.ts';
import { parseQuantity, printBytes, printCores } from '../../languages/kubernetes/index.ts';
import type { ContainerSize, KubernetesManifest, TenantIsolation } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { askedBy } from './asked-by.ts';
import { tenancyDiagnostics } from './diagnostics.ts';
import { containerSizes, hardLimits } from './quota.ts';

/** Whether sizes fit into each other, and what is declared in a namespace into its quota. */
export function checkSizes({ stack }: OperatedStack): readonly Diagnostic[] {
  const manifests = stack.inclusions.flatMap(({ content }) =>
    content.kind === 'kubernetes-object' ? [content.manifest] : [],
  );
  return stack.isolations.flatMap((isolation) => [
    ...checkLimits(isolation),
    ...isolation.terms.namespaces.flatMap((namespace) => checkQuota(isolation, namespace, manifests)),
  ]);
}

const resources: readonly (readonly [name: keyof ContainerSize, quota: string])[] = [
  ['cpu', 'limits.cpu'],
  ['memory', 'limits.memory'],
  ['ephemeralStorage', 'limits.ephemeral-storage'],
];

function checkLimits(isolation: TenantIsolation): readonly Diagnostic[] {
  const { tenant, terms, source } = isolation;
  const { request, limit, max } = containerSizes(terms.limits);
  const hard = hardLimits(isolation);
  return resources.flatMap(([name, quota]) => {
    const steps = [
      ['the request', request[name]],
      ['the limit', limit[name]],
      ['the maximum', max[name]],
      ['the quota', hard[quota]],
    ].filter((step): step is [string, string] => step[1] !== undefined);
    const wrong = steps.find(([, size], index) => {
      const next = steps[index + 1]?.[1];
      return next !== undefined && (parseQuantity(size) ?? 0) > (parseQuantity(next) ?? 0);
    });
    if (wrong === undefined) return [];
    const next = steps[steps.indexOf(wrong) + 1];
    const text = `${wrong[0]} of ${name} is ${wrong[1]}, and ${next?.[0]} ${next?.[1]}`;
    const occurrence = { position: source, subject: tenant };
    return [tenancyDiagnostics.create('limits-do-not-fit', { tenant, text }, occurrence)];
  });
}

function checkQuota(
  isolation: TenantIsolation,
  namespace: string,
  manifests: readonly KubernetesManifest[],
): readonly Diagnostic[] {
  const sizes = containerSizes(isolation.terms.limits);
  const asked = manifests
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map((manifest) => ({ name: `${manifest.kind} ${manifest.metadata.name}`, asks: askedBy(manifest, sizes) }));
  return Object.entries(hardLimits(isolation)).flatMap(([resource, quota]) => {
    const asking = asked.filter(({ asks }) => (asks[resource] ?? 0) > 0);
    const total = asking.reduce((sum, { asks }) => sum + (asks[resource] ?? 0), 0);
    // Sums of fractions of cores are a hair off.
    if (total <= (parseQuantity(quota) ?? 0) + 1e-9) return [];
    const of = asking.map(({ name }) => name);
    const facts = { namespace, resource, declared: print(resource, total), quota, of };
    const occurrence = { position: isolation.source, subject: namespace };
    return [tenancyDiagnostics.create('quota-too-small', facts, occurrence)];
  });
}

function print(resource: string, amount: number): string {
  if (resource.endsWith('.cpu')) return printCores(amount);
  return /memory|storage/.test(resource) ? printBytes(amount) : String(amount);
}
