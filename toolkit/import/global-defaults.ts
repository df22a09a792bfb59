import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';

/** One field of a receiver that stands for one of the section `global`. */
interface Inherited {
  readonly kind: string;
  readonly global: string;
  readonly own: string;
  /** Given instead of it, such as the same in a file. */
  readonly instead?: readonly string[];
}

/** Every kind of channel but e-mail speaks HTTP. */
const mail = 'email_configs';

const smtp = [
  ['smtp_from', 'from'],
  ['smtp_smarthost', 'smarthost'],
  ['smtp_hello', 'hello'],
  ['smtp_auth_username', 'auth_username'],
  ['smtp_auth_identity', 'auth_identity'],
  ['smtp_require_tls', 'require_tls'],
  ['smtp_force_implicit_tls', 'force_implicit_tls'],
  ['smtp_tls_config', 'tls_config'],
] as const;

const inherited: readonly Inherited[] = [
  ...smtp.map(([global, own]) => ({ kind: mail, global, own })),
  ...orInFile(mail, 'smtp_auth_password', 'auth_password'),
  ...orInFile(mail, 'smtp_auth_secret', 'auth_secret'),
  ...orInFile('slack_configs', 'slack_api_url', 'api_url'),
  ...orInFile('slack_configs', 'slack_app_token', 'app_token'),
  { kind: 'slack_configs', global: 'slack_app_url', own: 'app_url' },
  { kind: 'pagerduty_configs', global: 'pagerduty_url', own: 'url' },
  { kind: 'opsgenie_configs', global: 'opsgenie_api_url', own: 'api_url' },
  ...orInFile('opsgenie_configs', 'opsgenie_api_key', 'api_key'),
  { kind: 'victorops_configs', global: 'victorops_api_url', own: 'api_url' },
  ...orInFile('victorops_configs', 'victorops_api_key', 'api_key'),
  { kind: 'wechat_configs', global: 'wechat_api_url', own: 'api_url' },
  { kind: 'wechat_configs', global: 'wechat_api_corp_id', own: 'corp_id' },
  ...orInFile('wechat_configs', 'wechat_api_secret', 'api_secret'),
  { kind: 'telegram_configs', global: 'telegram_api_url', own: 'api_url' },
  ...orInFile('telegram_configs', 'telegram_bot_token', 'bot_token'),
  { kind: 'webex_configs', global: 'webex_api_url', own: 'api_url' },
  { kind: 'jira_configs', global: 'jira_api_url', own: 'api_url' },
  { kind: 'rocketchat_configs', global: 'rocketchat_api_url', own: 'api_url' },
  ...orInFile('rocketchat_configs', 'rocketchat_token', 'token'),
  ...orInFile('rocketchat_configs', 'rocketchat_token_id', 'token_id'),
  ...orInFile('mattermost_configs', 'mattermost_webhook_url', 'webhook_url'),
];

/** A secret, or a file that holds it: who has the one does not inherit the other. */
function orInFile(kind: string, global: string, own: string): readonly Inherited[] {
  const [globalFile, ownFile] = [`${global}_file`, `${own}_file`];
  return [
    { kind, global, own, instead: [ownFile] },
    { kind, global: globalFile, own: ownFile, instead: [own] },
  ];
}

export interface WithDefaults {
  readonly receivers: readonly JsonObject[];
  /** Fields of `global` that are in the receivers now. */
  readonly used: ReadonlySet<string>;
  /** The field of `global` from which a field came, by the pointer below `/receivers`. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * Writes what receivers inherit from `global` into them. In the derived configuration that section belongs to all
 * receivers, and one team's mail server is not another's.
 */
export function withGlobalDefaults(receivers: readonly JsonObject[], global: JsonObject): WithDefaults {
  const used = new Set<string>();
  const origins = new Map<string, string>();
  const filled = receivers.map((receiver, index) =>
    Object.fromEntries(
      Object.entries(receiver).map(([kind, channels]) => {
        if (!kind.endsWith('_configs') || !Array.isArray(channels)) return [kind, channels];
        return [
          kind,
          channels.map((channel: JsonValue, place) => {
            if (!isJsonObject(channel)) return channel;
            const added = inheritedBy(kind, channel, global);
            for (const [own, name] of added) {
              used.add(name);
              origins.set(`/${index}/${kind}/${place}/${own}`, name);
            }
            return { ...channel, ...Object.fromEntries(added.map(([own, name]) => [own, global[name] as JsonValue])) };
          }),
        ];
      }),
    ),
  );
  return { receivers: filled, used, origins };
}

function inheritedBy(kind: string, channel: JsonObject, global: JsonObject): readonly (readonly [string, string])[] {
  const fields: readonly Inherited[] = [
    ...inherited.filter((one) => one.kind === kind),
    ...(kind === mail ? [] : [{ kind, global: 'http_config', own: 'http_config' }]),
  ];
  return fields
    .filter(
      ({ global: name, own, instead = [] }) =>
        name in global && !(own in channel) && !instead.some((other) => other in channel),
    )
    .map(({ global: name, own }) => [own, name]);
}
