import type { ProviderContext, TargetBinding } from '../../model/index.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { type ClusterAccess, openAccess } from './cluster-access.ts';
import { Discovery } from './discovery.ts';
import { type ClusterSettings, readSettings } from './settings.ts';

/** One open cluster, and what every step of a session asks of it. */
export interface Cluster {
  readonly settings: ClusterSettings;
  readonly context: ProviderContext;
  readonly client: ApiClient;
  readonly discovery: Discovery;
}

/** Connects on first use, once. */
export class ClusterConnection {
  readonly #binding: TargetBinding;
  readonly #context: ProviderContext;
  #access: Promise<ClusterAccess> | null = null;
  #cluster: Promise<Cluster> | null = null;

  constructor(binding: TargetBinding, context: ProviderContext) {
    this.#binding = binding;
    this.#context = context;
  }

  open(): Promise<Cluster> {
    this.#cluster ??= this.#connect();
    return this.#cluster;
  }

  async close(): Promise<void> {
    const access = await this.#access?.catch(() => null);
    access?.close();
  }

  async #connect(): Promise<Cluster> {
    const settings = readSettings(this.#binding);
    this.#access = openAccess(settings, this.#context);
    const client = apiClient(await this.#access, { timeoutMs: settings.timeoutMs, signal: this.#context.signal });
    return { settings, context: this.#context, client, discovery: new Discovery(client) };
  }
}
