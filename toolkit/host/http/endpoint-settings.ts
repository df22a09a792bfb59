/** What a binding says about the HTTP API of a target. */
export interface EndpointSettings {
  readonly url: string | null;
  /** Reference of a bearer token. */
  readonly credential: string | null;
  readonly reload: 'http' | 'none';
  readonly timeoutMs: number;
}

/** JSON Schema of those settings, to be spread into a provider's binding schema. */
export const endpointSchema = {
  url: {
    type: 'string',
    // A user and password belong into a credential, which is a reference.
    pattern: '^https?://[^\\s/@]+(/\\S*)?$',
    title: 'a URL such as http://localhost:9090, without a user and password',
    description: 'Base URL of the HTTP API. Without it nothing is reloaded and nothing is seen live.',
  },
  credential: {
    type: 'object',
    additionalProperties: false,
    required: ['$secret'],
    properties: { $secret: { type: 'string', minLength: 1 } },
    description: 'Bearer token for the HTTP API, as a secret reference: { $secret: "env:TOKEN_OF_THE_PLANT" }.',
  },
  reload: {
    enum: ['http', 'none'],
    description: 'How new files become live: a call to the API (default where there is a url), or not by opsctl.',
  },
  timeoutMs: {
    type: 'integer',
    minimum: 1,
    maximum: 600_000,
    description:
      'How long one call, one check or one reload may take, and how long a server that starts is waited for; 10000 by default.',
  },
} as const;

const defaultTimeoutMs = 10_000;

export function readEndpointSettings(settings: Readonly<Record<string, unknown>>): EndpointSettings {
  const url = typeof settings.url === 'string' ? settings.url : null;
  return {
    url,
    credential: referenceIn(settings.credential),
    reload: url === null || settings.reload === 'none' ? 'none' : 'http',
    timeoutMs: typeof settings.timeoutMs === 'number' ? settings.timeoutMs : defaultTimeoutMs,
  };
}

function referenceIn(credential: unknown): string | null {
  if (typeof credential !== 'object' || credential === null || !('$secret' in credential)) return null;
  return String(credential.$secret);
}
