import type { Diagnostic } from '../diagnostics/index.ts';
import type { Resource, ResourceTypeDefinition } from '../model/index.ts';
import type { Content, Wiring } from './contract.ts';

export function typesOf({ providers }: Pick<Wiring, 'providers'>): ReadonlyMap<string, ResourceTypeDefinition> {
  return new Map(providers.flatMap(({ resourceTypes }) => resourceTypes.map((type) => [type.type, type] as const)));
}

/**
 * What the real systems would refuse of a content. What becomes an object of a cluster is judged as what it means too: the
 * cluster looks at the outside of a rule only.
 */
export function validateContent(
  { resources, placed }: Pick<Content, 'resources' | 'placed'>,
  wiring: Pick<Wiring, 'providers'>,
): readonly Diagnostic[] {
  if (placed === resources) return validate(resources, wiring);
  const meant = new Set(resources.map(({ address }) => address));
  return validate([...resources, ...placed.filter(({ address }) => !meant.has(address))], wiring);
}

/** What the real systems would refuse, as far as it can be known without them. */
function validate(resources: readonly Resource[], { providers }: Pick<Wiring, 'providers'>): readonly Diagnostic[] {
  const byType = new Map(
    providers.flatMap((provider) => provider.resourceTypes.map(({ type }) => [type, provider] as const)),
  );
  return resources.flatMap((resource) => byType.get(resource.type)?.validate(resource) ?? []);
}
