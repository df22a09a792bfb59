import {
  digestOf,
  type JsonObject,
  type JsonValue,
  type Resource,
  type SecretReference,
  secretReferencesIn,
} from '../../model/index.ts';
import { clusterName } from './object-names.ts';
import type { HomeContext, ObjectDraft } from './translation.ts';

/** One Secret of the cluster: which key has which secret. */
export interface KeyedSecrets {
  readonly name: string;
  /** Keys by reference: `env-WECOM_SECRET` of `env:WECOM_SECRET`. */
  readonly keys: ReadonlyMap<string, string>;
}

/** All secrets that a configuration names, in a Secret called `<stack>-<what>`. */
export function keySecrets({ operated }: HomeContext, what: string, configuration: JsonValue): KeyedSecrets {
  const references = [...secretReferencesIn(configuration)].sort();
  const plain = references.map((reference) => reference.replaceAll(/[^-._a-zA-Z0-9]+/g, '-'));
  const isShared = (key: string) => plain.indexOf(key) !== plain.lastIndexOf(key);
  const keys = references.map((reference, index) => {
    const key = plain[index] ?? '';
    return [reference, isShared(key) ? `${key}-${digestOf(reference).slice(-8)}` : key] as const;
  });
  return { name: clusterName(operated.stack.name, what), keys: new Map(keys) };
}

export function selectorOf({ name, keys }: KeyedSecrets, { $secret }: SecretReference): JsonObject {
  return { name, key: keys.get($secret) ?? '' };
}

/** Nothing where there is no secret. The values are references still; whoever applies the object puts them in. */
export function secretDraft({ name, keys }: KeyedSecrets, of: Resource): readonly ObjectDraft[] {
  if (keys.size === 0) return [];
  const data = [...keys].map(([reference, key]) => [key, { $secret: reference }] as const);
  const body = { type: 'Opaque', stringData: Object.fromEntries(data) };
  return [{ of, apiVersion: 'v1', kind: 'Secret', nameOf: () => name, body }];
}
