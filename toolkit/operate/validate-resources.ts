import type { Diagnostic } from '../diagnostics/index.ts';
import type { Resource, ResourceTypeDefinition } from '../model/index.ts';
import type { Wiring } from './contract.ts';

export function typesOf({ providers }: Pick<Wiring, 'providers'>): ReadonlyMap<string, ResourceTypeDefinition> {
  return new Map(providers.flatMap(({ resourceTypes }) => resourceTypes.map((type) => [type.type, type] as const)));
}

/** What the real systems would refuse, as far as it can be known without them. */
export function validate(
  resources: readonly Resource[],
  { providers }: Pick<Wiring, 'providers'>,
): readonly Diagnostic[] {
  const byType = new Map(
    providers.flatMap((provider) => provider.resourceTypes.map(({ type }) => [type, provider] as const)),
  );
  return resources.flatMap((resource) => byType.get(resource.type)?.validate(resource) ?? []);
}
