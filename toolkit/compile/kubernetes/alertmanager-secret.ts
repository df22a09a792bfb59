import { channelKinds } from '../../languages/alert-routing/known-fields.ts';
import { printYaml } from '../../languages/yaml/print-yaml.ts';
import { isJsonObject, isSecretReference, type JsonObject, type JsonValue, type Resource } from '../../model/index.ts';
import { objectsIn } from './field-names.ts';
import { clusterName, dataKey } from './object-names.ts';
import { type KeyedSecrets, keySecrets, secretDraft } from './secrets.ts';
import { type HomeContext, type Translated, tellUnsaid } from './translation.ts';

const remedy =
  'Write the field as a file that is mounted into Alertmanager, or keep Alertmanager outside of the cluster.';

/**
 * The whole configuration of an Alertmanager as the Secret that its object reads, with its templates beside it. The
 * secrets in it are files: its object mounts the Secret that holds them, by `spec.secrets`.
 */
export function translateOwnRouting(context: HomeContext, resource: Resource): Translated {
  const { operated, home } = context;
  const config = isJsonObject(resource.spec.config) ? resource.spec.config : {};
  const secrets = keySecrets(context, 'receivers', config);
  const { receivers, unsaid } = withFiles(objectsIn(config.receivers), secrets);
  const whole = { ...config, templates: [`${configFolder}/*.tmpl`], receivers };
  const templates = context.resources
    .filter(({ type }) => type === 'alertmanager-template')
    .map(({ spec }) => [`${dataKey(String(spec.name))}.tmpl`, String(spec.text)] as const);
  const own = home.routing.as === 'secret' ? home.routing.name : undefined;
  return {
    objects: [
      ...secretDraft(secrets, resource),
      {
        of: resource,
        apiVersion: 'v1',
        kind: 'Secret',
        nameOf: () => own ?? clusterName('alertmanager', operated.stack.name),
        body: {
          type: 'Opaque',
          stringData: { 'alertmanager.yaml': printYaml(whole), ...Object.fromEntries(templates) },
        },
        // Routes have their reasons all the same; they are lines of one text here.
        parts: resource.parts.map((part) => ({ ...part, pointer: '/stringData/alertmanager.yaml' })),
      },
    ],
    diagnostics: tellUnsaid(
      context,
      resource,
      { what: 'A receiver', pointer: '/config/receivers', kind: 'Secret', remedy },
      unsaid,
    ),
  };
}

/** Where the operator puts the Secret of the configuration, and where those of `spec.secrets`. */
const configFolder = '/etc/alertmanager/config';
const secretsFolder = '/etc/alertmanager/secrets';

/** Fields of `http_config` and below that are also read from files. */
const connectionSecrets: ReadonlySet<string> = new Set(['password', 'credentials', 'client_secret']);

function withFiles(receivers: readonly JsonObject[], { name, keys }: KeyedSecrets) {
  const unsaid = new Set<string>();
  const placed = (list: string, field: string, value: JsonValue): readonly [string, JsonValue] => {
    if (!isSecretReference(value)) return [field, inside(list === '' ? field : list, value)];
    if (!isReadAsFile(list, field)) unsaid.add(`${list}.${field}`);
    return [`${field}_file`, `${secretsFolder}/${name}/${keys.get(value.$secret) ?? ''}`];
  };
  const inside = (list: string, value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map((entry) => inside(list, entry));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([field, child]) => placed(list, field, child)));
  };
  return { receivers: receivers.map((receiver) => inside('', receiver)), unsaid: [...unsaid] };
}

function isReadAsFile(list: string, field: string): boolean {
  const kind = channelKinds[list];
  const fields = kind === undefined ? [] : [...kind.always, ...(kind.newer ?? [])];
  return connectionSecrets.has(field) || fields.includes(`${field}_file`);
}
