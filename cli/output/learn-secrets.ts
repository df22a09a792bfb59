import { type JsonValue, type Resource, secretReferencesIn } from '../../toolkit/model/index.ts';
import { createSecretResolver, type Repository } from '../../toolkit/operate/index.ts';
import type { SecretMask } from './secret-mask.ts';

/** Tells the mask every secret that the resources and bindings refer to, as far as it is at hand here. */
export async function learnSecrets(
  mask: SecretMask,
  { root, bindings }: Repository,
  resources: readonly Pick<Resource, 'spec'>[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const resolve = createSecretResolver(root, env);
  const inSpecs = resources.flatMap(({ spec }) => secretReferencesIn(spec));
  const inBindings = bindings.targets.flatMap(({ settings }) => [
    ...secretReferencesIn(settings),
    ...plainReferencesIn(settings),
  ]);
  for (const reference of new Set([...inSpecs, ...inBindings])) {
    // One that is not at hand cannot be shown either; whoever needs it says that it is missing.
    const secret = await resolve(reference).catch(() => null);
    if (secret !== null) mask.learn(secret);
  }
}

/** Bindings may also write a reference as a plain text: `passwordFrom: env:GRAFANA_TOKEN`. */
function plainReferencesIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return /^(env|file):\S/.test(value) ? [value] : [];
  return value === null || typeof value !== 'object'
    ? []
    : Object.values(value).flatMap((child) => plainReferencesIn(child as JsonValue));
}
