import {
  type Attributes,
  type AttributeValues,
  type ConfigurationItem,
  canonicalJson,
  digestOf,
  type ExporterAccess,
  type JsonObject,
  type SecretReference,
  type SignalSource,
} from '../../model/index.ts';

/** Items of one job that are asked in one way. */
export interface JobAccess {
  /** Letters, digits and underscores: it stands in patterns. */
  readonly name: string;
  readonly access: ExporterAccess;
  readonly items: readonly ConfigurationItem[];
}

/** Of a target of a job whose items are asked in several ways: by which. Prometheus drops what begins like this. */
export const accessLabel = '__access';

/** The name of the way that needs neither a person nor a certificate. */
export const anybody = 'anybody';

/** The ways in which the items of a source are asked, by name. A source without `access` has one, for everybody. */
export function accessesOf(source: SignalSource, items: readonly ConfigurationItem[]): readonly JobAccess[] {
  if (source.kind !== 'exporter' || source.access === undefined) return [{ name: anybody, access: {}, items }];
  const ways = new Map<string, { readonly access: ExporterAccess; readonly items: ConfigurationItem[] }>();
  for (const item of items) {
    const access = source.access(item.attributes as AttributeValues<Attributes>) ?? {};
    const settings = canonicalJson(access as JsonObject);
    const way = ways.get(settings) ?? { access, items: [] };
    ways.set(settings, way);
    way.items.push(item);
  }
  const named = [...ways].map(([settings, way]) => ({ ...way, name: nameOf(way.access, settings) }));
  return named.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** By what is asked for first, for people; and by all of it, to tell apart what is alike there. */
function nameOf({ as, tls }: ExporterAccess, settings: string): string {
  const first = as === undefined ? tls?.own?.key : secretOf(as);
  if (first === undefined && tls === undefined) return anybody;
  const word = first === undefined ? 'tls' : String(first.$secret).replaceAll(/[^A-Za-z0-9]+/g, '_');
  return `${word}_${digestOf(settings).slice(-8)}`;
}

/** The fields of a scrape job that say as whom it asks; every secret is a file beside the configuration. */
export function accessSettings({ as, tls = {} }: ExporterAccess, insecureTls: boolean): JsonObject {
  const { authority, own, serverName, insecure = insecureTls } = tls;
  const tlsConfig = {
    ...(authority === undefined ? {} : { ca_file: secretFile(authority) }),
    ...(own === undefined ? {} : { cert_file: secretFile(own.certificate), key_file: secretFile(own.key) }),
    ...(serverName === undefined ? {} : { server_name: serverName }),
    ...(insecure ? { insecure_skip_verify: true } : {}),
  };
  return {
    ...(as === undefined ? {} : personSettings(as)),
    ...(Object.keys(tlsConfig).length === 0 ? {} : { tls_config: tlsConfig }),
  };
}

function personSettings(as: NonNullable<ExporterAccess['as']>): JsonObject {
  if ('token' in as) return { authorization: { credentials_file: secretFile(as.token) } };
  return { basic_auth: { username: as.user, password_file: secretFile(as.password) } };
}

export function secretsOf({ as, tls }: ExporterAccess): readonly SecretReference[] {
  const own = tls?.own === undefined ? [] : [tls.own.certificate, tls.own.key];
  const person = as === undefined ? [] : [secretOf(as)];
  return [...person, ...(tls?.authority === undefined ? [] : [tls.authority]), ...own];
}

function secretOf(as: NonNullable<ExporterAccess['as']>): SecretReference {
  return 'token' in as ? as.token : as.password;
}

/** Where the Prometheus of a control point has a secret: a name that people can read, as long as that is possible. */
export function secretName({ $secret }: SecretReference): string {
  const word = $secret.replaceAll(/[^A-Za-z0-9_]/g, '-');
  return word.replace('-', ':') === $secret ? word : `${word}-${digestOf($secret).slice(-8)}`;
}

function secretFile(reference: SecretReference): string {
  return `secrets/${secretName(reference)}`;
}
