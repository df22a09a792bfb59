import { credential, type ExporterAccess, type ExporterTls, flag, optional, secretAt, text } from 'opsctl';

/** Attributes of items whose metrics are not given to everybody; each may be left out. */
export const guardedAttributes = {
  metricsToken: optional(credential('Where the bearer token lies with which its metrics are asked for.')),
  metricsUser: optional(text('User that may read its metrics.')),
  metricsPassword: optional(credential('Where the password of that user lies.')),
  metricsTls: optional(flag('Its metrics are served over HTTPS.'), false),
  metricsAuthority: optional(credential('Where the certificate lies that vouches for it: `file:certificates/ca.pem`.')),
  metricsInsecure: optional(flag('Accept a certificate that nobody vouches for.'), false),
} as const;

interface Guarded {
  readonly metricsToken?: string;
  readonly metricsUser?: string;
  readonly metricsPassword?: string;
  readonly metricsTls?: boolean;
  readonly metricsAuthority?: string;
  readonly metricsInsecure?: boolean;
}

/** What a source of such items says. */
export const guarded = {
  scheme: ({ metricsTls = false }: Guarded) => (metricsTls ? 'https' : 'http'),
  access: (item: Guarded): ExporterAccess => {
    const tls = tlsOf(item);
    return { ...personOf(item), ...(Object.keys(tls).length === 0 ? {} : { tls }) };
  },
} as const;

function personOf({ metricsToken, metricsUser, metricsPassword }: Guarded): ExporterAccess {
  if (metricsToken !== undefined) return { as: { token: secretAt(metricsToken) } };
  if (metricsUser === undefined || metricsPassword === undefined) return {};
  return { as: { user: metricsUser, password: secretAt(metricsPassword) } };
}

function tlsOf({ metricsTls = false, metricsAuthority, metricsInsecure = false }: Guarded): ExporterTls {
  if (!metricsTls) return {};
  return {
    ...(metricsAuthority === undefined ? {} : { authority: secretAt(metricsAuthority) }),
    ...(metricsInsecure ? { insecure: true } : {}),
  };
}
