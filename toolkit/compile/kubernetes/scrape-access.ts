import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../../model/index.ts';
import { objectsIn } from './field-names.ts';
import { clusterName, dataKey } from './object-names.ts';
import type { HomeContext, Translated } from './translation.ts';

/** Fields of a job that say as whom it asks. */
export const accessFields: readonly string[] = ['authorization', 'basic_auth', 'tls_config'];

const valueKey = 'value';

export interface TranslatedAccess {
  readonly object: JsonObject;
  readonly unsaid: readonly string[];
}

/** As whom a job asks: what is a file beside the configuration of Prometheus is a key of a Secret. */
export function translateAccess(context: HomeContext, job: JsonObject): TranslatedAccess {
  const unsaid: string[] = [];
  const secret = (field: string, path: JsonValue | undefined): JsonObject => {
    const name = typeof path === 'string' ? /^secrets\/(.+)$/.exec(path)?.[1] : undefined;
    if (name === undefined) unsaid.push(field);
    return { name: secretObject(context, name ?? ''), key: valueKey };
  };
  const others = (group: string, fields: JsonObject) =>
    unsaid.push(...Object.keys(fields).map((field) => `${group}.${field}`));
  const object: Record<string, JsonValue> = {};
  const { authorization, basic_auth: person, tls_config: tls } = job;
  if (isJsonObject(authorization)) {
    const { type, credentials_file: file, ...rest } = authorization;
    object.authorization = {
      ...(type === undefined ? {} : { type }),
      credentials: secret('authorization.credentials', file),
    };
    others('authorization', rest);
  }
  if (isJsonObject(person)) {
    const { username = '', password_file: file, ...rest } = person;
    const password = secret('basic_auth.password', file);
    object.basicAuth = { username: { ...password, key: userKey(String(username)) }, password };
    others('basic_auth', rest);
  }
  if (isJsonObject(tls)) {
    const { ca_file: ca, cert_file: cert, key_file: key, server_name: serverName, ...more } = tls;
    const { insecure_skip_verify: insecureSkipVerify, ...rest } = more;
    object.tlsConfig = {
      ...(ca === undefined ? {} : { ca: { secret: secret('tls_config.ca_file', ca) } }),
      ...(cert === undefined ? {} : { cert: { secret: secret('tls_config.cert_file', cert) } }),
      ...(key === undefined ? {} : { keySecret: secret('tls_config.key_file', key) }),
      ...(serverName === undefined ? {} : { serverName }),
      ...(insecureSkipVerify === undefined ? {} : { insecureSkipVerify }),
    };
    others('tls_config', rest);
  }
  return { object, unsaid };
}

/** A secret of scraping as a Secret of its own. The operator wants names of users from there too. */
export function translateScrapeSecret(context: HomeContext, resource: Resource): Translated {
  const { name = '', value = '' } = resource.spec;
  const users = usersOf(context, `secrets/${String(name)}`).map((user) => [userKey(user), user] as const);
  return {
    objects: [
      {
        of: resource,
        apiVersion: 'v1',
        kind: 'Secret',
        nameOf: (former) => secretObject(context, former),
        body: { type: 'Opaque', stringData: { [valueKey]: value, ...Object.fromEntries(users) } },
      },
    ],
    diagnostics: [],
  };
}

function secretObject({ operated }: HomeContext, name: string): string {
  return clusterName(operated.stack.name, 'scrape', name);
}

function userKey(user: string): string {
  return `user-${dataKey(user)}`;
}

function usersOf({ resources }: HomeContext, file: string): readonly string[] {
  const config = resources.find(({ type }) => type === 'prometheus-config')?.spec.config;
  const jobs = objectsIn(isJsonObject(config) ? config.scrape_configs : []);
  const users = jobs.flatMap(({ basic_auth: person }) =>
    isJsonObject(person) && person.password_file === file ? [String(person.username)] : [],
  );
  return [...new Set(users)].sort();
}
