import { isJsonObject, isSecretReference, type JsonObject, type JsonValue } from '../model/index.ts';
import { receiversInSpec } from './rules-in-spec.ts';
import { unmatchedSecret } from './secret-mask.ts';

/** Receivers that go, that lose a channel, or that tell somebody else. What happens to several alike is said once. */
export function lostReceivers(before: JsonObject, after: JsonObject): readonly string[] {
  const kept = new Map(receiversInSpec(after).map((receiver) => [receiver.name, receiver]));
  const losses = receiversInSpec(before).flatMap((receiver) =>
    lossesOf(receiver, kept.get(receiver.name)).map((loss) => ({ loss, name: String(receiver.name) })),
  );
  return [...Map.groupBy(losses, ({ loss: { one } }) => one).values()].map((alike) => {
    const names = alike.map(({ name }) => name).sort();
    const { one, many } = (alike[0] as (typeof alike)[number]).loss;
    return names.length === 1 ? `the receiver ${names[0]} ${one}` : `the receivers ${names.join(', ')} ${many}`;
  });
}

/** What becomes of one, and of several. */
interface Loss {
  readonly one: string;
  readonly many: string;
}

function lossesOf(receiver: JsonObject, now: JsonObject | undefined): readonly Loss[] {
  if (now === undefined) return [{ one: 'is removed', many: 'are removed' }];
  const [channels, left] = [channelsOf(receiver), channelsOf(now)];
  const lost = [...channels.keys()].filter((channel) => !left.has(channel)).map((channel) => `${channel} channel`);
  const [rest, allRest] = left.size === 0 ? [' and tells nobody any more', ' and tell nobody any more'] : ['', ''];
  const gone = {
    one: `loses its ${lost.join(' and its ')}${rest}`,
    many: `lose their ${lost.join(' and their ')}${allRest}`,
  };
  const moved = [...channels].flatMap(([channel, entries]) => otherAddresses(channel, entries, left.get(channel)));
  return [...(lost.length === 0 ? [] : [gone]), ...moved];
}

/** Somebody who is told besides is no loss. */
function otherAddresses(
  channel: string,
  before: readonly JsonObject[],
  after: readonly JsonObject[] | undefined,
): readonly Loss[] {
  if (after === undefined) return [];
  const [were, are] = [before, after].map((entries) => new Set(entries.map(addressOf))) as [Set<string>, Set<string>];
  const lost = [...were.difference(are)].join(' and ');
  const made = [...are.difference(were)].join(' and ');
  if (lost === '') return [];
  if (made === '') return [{ one: `tells ${lost} no longer`, many: `tell ${lost} no longer` }];
  const how = `to somebody else: ${channel} ${made} instead of ${lost}`;
  // A secret of another value may be the same address with a new key in it.
  const isSure = ![made, lost].some((text) => text.includes(otherSecret));
  return [isSure ? { one: `goes ${how}`, many: `go ${how}` } : { one: `may go ${how}`, many: `may go ${how}` }];
}

/** `webhook_configs` is how Alertmanager says it, `webhookConfigs` how the operator does. */
function channelsOf(receiver: JsonObject): ReadonlyMap<string, readonly JsonObject[]> {
  return new Map(
    Object.entries(receiver).flatMap(([key, value]) =>
      /(?:_c|C)onfigs$/.test(key) && Array.isArray(value) && value.length > 0
        ? [[key.replace(/(?:_c|C)onfigs$/, ''), value.filter(isJsonObject)] as const]
        : [],
    ),
  );
}

/** Fields that say whom a channel reaches; the others say how, and what. */
const addressFields: ReadonlySet<string> = new Set([
  ...['url', 'urlfile', 'urlsecret', 'webhookurl', 'webhookurlfile', 'apiurl', 'apiurlfile', 'to', 'touser', 'toparty'],
  ...['totag', 'corpid', 'agentid', 'channel', 'chatid', 'roomid', 'userkey', 'token', 'routingkey', 'routingkeyfile'],
  ...['servicekey', 'servicekeyfile', 'responders', 'apikey', 'topicarn', 'targetarn', 'phonenumber'],
]);

function addressOf(entry: JsonObject): string {
  const fields = Object.entries(entry)
    .filter(([name, value]) => addressFields.has(plain(name)) && value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const [only, second] = fields;
  if (only !== undefined && second === undefined) return printAddress(only[1]);
  return fields.map(([name, value]) => `${name} ${printAddress(value)}`).join(', ');
}

/** `to_party` in Alertmanager, `toParty` in a cluster. */
function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

const otherSecret = 'another secret';

function printAddress(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (!isSecretReference(value)) return JSON.stringify(value);
  return value.$secret === unmatchedSecret.$secret ? otherSecret : `the secret ${value.$secret}`;
}
