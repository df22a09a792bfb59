import { definePolicy, isJsonObject, type JsonObject, type JsonValue, type Resource } from 'opsctl';

export const loopbackOrTls = definePolicy({
  id: 'security/loopback-or-tls',
  level: 'advisory',
  title: { en: 'Webhooks should be told over TLS', zh: 'Webhook 通知应使用 TLS' },
  rationale:
    'An alert names machines, sites and what is wrong with them; in clear text whoever is on the way reads it, and can answer in its place.',
  remedy: 'Write the channel’s url with https. On the same machine, http on a loopback address is fine.',
  clauses: ['S1:6.1.e', 'S1:8.6.2.1.d'],
  check: ({ resources }) =>
    resources
      .filter(({ type }) => type === 'alertmanager-config')
      .flatMap((resource) =>
        plainOrigins(resource).map(([origin, receivers]) => ({
          subject: resource.address,
          item: null,
          message: `${receivers.join(', ')} would be told through ${origin}, in clear text.`,
          found: origin,
        })),
      ),
});

/** Origins only: what follows in the address may be a key. */
function plainOrigins({ spec }: Resource): readonly (readonly [string, readonly string[]])[] {
  const receivers = isJsonObject(spec.config) ? listOf(spec.config.receivers) : [];
  const found = new Map<string, string[]>();
  for (const receiver of receivers) {
    for (const origin of new Set(listOf(receiver.webhook_configs).flatMap(({ url }) => plainOrigin(url) ?? []))) {
      found.set(origin, [...(found.get(origin) ?? []), String(receiver.name)]);
    }
  }
  return [...found];
}

function plainOrigin(url: JsonValue | undefined): string | null {
  const [, origin, host = ''] =
    /^(http:\/\/(?:[^/@?#]*@)?(\[[^\]]*\]|[^:/?#]*)(?::\d+)?)/i.exec(typeof url === 'string' ? url : '') ?? [];
  return origin === undefined || isLoopback(host.toLowerCase()) ? null : `http://${host}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isJsonObject) : [];
}
