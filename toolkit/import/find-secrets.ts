import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';

export interface FoundSecret {
  /** Below `/receivers`. */
  readonly pointer: string;
  readonly field: string;
  readonly value: string;
  /** The variable that the content refers to. */
  readonly variable: string;
}

/** Fields that hold a secret whatever stands in them; Alertmanager hides most of them itself when it prints them. */
const secretFields =
  /^(?:auth_password|auth_secret|password|api_key|api_secret|routing_key|service_key|user_key|token|token_id|bot_token|app_token|credentials|bearer_token|client_secret|secret_key|access_key|session_token|webhook_url|incoming_webhook_url|app_secret|key)$/;
/** Those whose `api_url` is the permission to post. */
const urlIsSecret = /^(?:slack|discord|msteams|msteamsv2|rocketchat|mattermost)_configs$/;

/** Replaces every secret of receivers by a reference, so that none is ever written into content. */
export function withoutSecrets(receivers: readonly JsonObject[]): {
  readonly receivers: readonly JsonObject[];
  readonly secrets: readonly FoundSecret[];
} {
  const secrets: FoundSecret[] = [];
  const variables = new Map<string, string>();
  const replaced = receivers.map((receiver, index) => {
    const name = String(receiver.name ?? index);
    const walk = (value: JsonValue, pointer: string, field: string, kind: string): JsonValue => {
      if (typeof value === 'string') {
        if (value === '' || !isSecret(field, value, kind)) return value;
        const variable = variableOf(variables, name, kind, field, value);
        secrets.push({ pointer, field, value, variable });
        return { $secret: `env:${variable}` };
      }
      if (Array.isArray(value))
        return value.map((entry: JsonValue, at) => walk(entry, `${pointer}/${at}`, field, kind));
      if (!isJsonObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key,
          walk(inner, `${pointer}/${key}`, key, key.endsWith('_configs') ? key : kind),
        ]),
      );
    };
    return walk(receiver, `/${index}`, '', '') as JsonObject;
  });
  return { receivers: replaced, secrets };
}

function isSecret(field: string, value: string, kind: string): boolean {
  if (secretFields.test(field)) return true;
  if (field === 'api_url' && urlIsSecret.test(kind)) return true;
  return /(?:^|_)url$/.test(field) && holdsToken(value);
}

/** A name and password, a query, or a piece of the path that nobody would remember. */
function holdsToken(value: string): boolean {
  if (!URL.canParse(value)) return /[?@]/.test(value);
  const { username, password, search, pathname } = new URL(value);
  if (username !== '' || password !== '' || search !== '') return true;
  return pathname.split('/').some((piece) => piece.length >= 16 && /\d/.test(piece));
}

/** One variable for one value: a mail password that ten receivers use is set once. */
function variableOf(
  variables: Map<string, string>,
  receiver: string,
  kind: string,
  field: string,
  value: string,
): string {
  const known = variables.get(`${field} ${value}`);
  if (known !== undefined) return known;
  const channel = kind.replace(/_configs$/, '');
  const words = `alertmanager ${receiver} ${channel} ${field}`
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
  const taken = new Set(variables.values());
  let variable = words;
  for (let number = 2; taken.has(variable); number += 1) variable = `${words}_${number}`;
  variables.set(`${field} ${value}`, variable);
  return variable;
}
