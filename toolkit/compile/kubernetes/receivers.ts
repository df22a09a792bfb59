import { isJsonObject, isSecretReference, type JsonObject, type JsonValue } from '../../model/index.ts';
import { type FieldTable, objectsIn, translateFields } from './field-names.ts';
import { type KeyedSecrets, selectorOf } from './secrets.ts';

export interface TranslatedReceiver {
  readonly receiver: JsonObject;
  /** Such as `slack_configs`, or `webhook_configs.max_alerts`. */
  readonly unsaid: readonly string[];
}

/**
 * A receiver in the words of an AlertmanagerConfig, for the kinds of channels that teams have. Secrets become keys of a
 * Secret; `inline` puts the templates that a text calls into the text, as such an object has none.
 */
export function translateReceiver(
  receiver: JsonObject,
  secrets: KeyedSecrets,
  inline: (text: string) => string,
): TranslatedReceiver {
  const { name = '', ...lists } = receiver;
  const kinds = kindsOf(secrets, inline);
  const unsaid: string[] = [];
  const configs = Object.entries(lists).flatMap(([list, entries]) => {
    const kind = kinds[list];
    if (kind === undefined) {
      unsaid.push(list);
      return [];
    }
    const translated = objectsIn(entries).map((entry) => translateChannel(entry, kind));
    unsaid.push(...translated.flatMap((channel) => channel.unsaid.map((field) => `${list}.${field}`)));
    return [[kind.list, translated.map(({ object }) => object)] as const];
  });
  return { receiver: { name, ...Object.fromEntries(configs) }, unsaid };
}

interface ChannelKind {
  readonly list: string;
  /** With a dollar before the name of a field that holds a reference to a secret: the object has another for it. */
  readonly fields: FieldTable;
}

function translateChannel(channel: JsonObject, { fields }: ChannelKind) {
  const named = Object.entries(channel).map(
    ([name, value]) => [isSecretReference(value) ? `$${name}` : name, value] as const,
  );
  const { object, unsaid } = translateFields(Object.fromEntries(named), fields);
  return { object, unsaid: unsaid.map((name) => name.replace(/^\$/, '')) };
}

function kindsOf(secrets: KeyedSecrets, inline: (text: string) => string): Readonly<Record<string, ChannelKind>> {
  const selector = (to: string) => ({
    to,
    value: (value: JsonValue) => (isSecretReference(value) ? selectorOf(secrets, value) : value),
  });
  const template = (to: string) => ({
    to,
    value: (value: JsonValue) => (typeof value === 'string' ? inline(value) : value),
  });
  const headers = {
    to: 'headers',
    value: (value: JsonValue) =>
      Object.entries(isJsonObject(value) ? value : {}).map(([key, text]) => ({ key, value: inline(String(text)) })),
  };
  return {
    webhook_configs: {
      list: 'webhookConfigs',
      fields: {
        send_resolved: 'sendResolved',
        url: 'url',
        $url: selector('urlSecret'),
        max_alerts: 'maxAlerts',
        timeout: 'timeout',
      },
    },
    email_configs: {
      list: 'emailConfigs',
      fields: {
        send_resolved: 'sendResolved',
        to: 'to',
        from: 'from',
        smarthost: 'smarthost',
        hello: 'hello',
        auth_username: 'authUsername',
        auth_identity: 'authIdentity',
        $auth_password: selector('authPassword'),
        $auth_secret: selector('authSecret'),
        require_tls: 'requireTLS',
        headers,
        text: template('text'),
        html: template('html'),
      },
    },
    wechat_configs: {
      list: 'wechatConfigs',
      fields: {
        send_resolved: 'sendResolved',
        $api_secret: selector('apiSecret'),
        api_url: 'apiURL',
        corp_id: 'corpID',
        agent_id: 'agentID',
        to_user: 'toUser',
        to_party: 'toParty',
        to_tag: 'toTag',
        message: template('message'),
        message_type: 'messageType',
      },
    },
  };
}
