import type { OptionalProvider, Wiring } from './contract.ts';

/** Optional providers that nothing has needed so far. */
export function unloaded({ providers, optionalProviders = [] }: Wiring): readonly OptionalProvider[] {
  return optionalProviders.filter(({ name }) => providers.every((provider) => provider.name !== name));
}

/** Loads the optional providers that something needs. */
export async function loadProviders(wiring: Wiring, isNeeded: (provider: OptionalProvider) => boolean): Promise<void> {
  await Promise.all(
    unloaded(wiring)
      .filter(isNeeded)
      .map((provider) => provider.load()),
  );
}
