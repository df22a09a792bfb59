import { listOf, mappingOf, type ObjectIdentity, textOf } from '../../languages/kubernetes/index.ts';
import type { ApiClient } from './api-client.ts';
import { failureOf } from './api-failure.ts';

/** How the API calls the objects of one kind. */
export interface ServedKind {
  /** Such as `/api/v1`, `/apis/apps/v1`. */
  readonly root: string;
  /** The name in paths, such as `configmaps`. */
  readonly plural: string;
  readonly isNamespaced: boolean;
}

/** Which kinds a cluster serves, asked once for each group and version that is needed. */
export class Discovery {
  readonly #client: ApiClient;
  readonly #versions = new Map<string, Promise<ReadonlyMap<string, ServedKind>>>();

  constructor(client: ApiClient) {
    this.#client = client;
  }

  /** Null when the cluster does not know the kind. */
  async find({ apiVersion, kind }: Pick<ObjectIdentity, 'apiVersion' | 'kind'>): Promise<ServedKind | null> {
    const known = this.#versions.get(apiVersion) ?? this.#ask(apiVersion);
    this.#versions.set(apiVersion, known);
    return (await known).get(kind) ?? null;
  }

  /** What was absent may have come since. */
  forget(apiVersion: string): void {
    this.#versions.delete(apiVersion);
  }

  async #ask(apiVersion: string): Promise<ReadonlyMap<string, ServedKind>> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const answer = await this.#client.call({ method: 'GET', path: root });
    if (answer.status === 404) return new Map();
    if (answer.status !== 200) throw failureOf(`The kinds of ${apiVersion}`, answer);
    const resources = listOf(answer.body.resources).map(mappingOf);
    return new Map(
      resources
        // `deployments/scale` has a kind of its own and is no object.
        .filter(({ name }) => !textOf(name).includes('/'))
        .map(({ kind, name, namespaced }) => [
          textOf(kind),
          { root, plural: textOf(name), isNamespaced: namespaced === true },
        ]),
    );
  }
}
