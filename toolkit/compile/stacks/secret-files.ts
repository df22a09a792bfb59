import type { ConfigurationItem, Resource, SecretReference } from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { secretName, secretsOf } from './exporter-access.ts';
import type { ScrapeJob } from './targets.ts';

/**
 * Secrets that Prometheus needs to ask items, each a file beside its configuration. A token that is renewed is then
 * one changed file: the configuration names it, and Prometheus reads it anew for every scrape.
 */
export function compileSecretFiles(operated: OperatedStack, jobs: readonly ScrapeJob[]): readonly Resource[] {
  const users = new Map<string, { readonly value: SecretReference; readonly items: ConfigurationItem[] }>();
  for (const { access, items } of jobs.flatMap(({ accesses }) => accesses)) {
    for (const value of secretsOf(access)) {
      const used = users.get(secretName(value)) ?? { value, items: [] };
      users.set(secretName(value), used);
      used.items.push(...items);
    }
  }
  return [...users]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, { value, items }]) =>
      makeResource(operated, {
        type: 'prometheus-secret',
        name,
        target: 'prometheus',
        spec: { name, value },
        items,
        derivation: [operatedStep(operated, `${items.length} items that are asked with it`)],
      }),
    );
}
