import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';

/**
 * A spec as properties of a Pulumi resource. On its way through the engine a field that is null is dropped, and one with a
 * certain name means a secret or an asset: both are written in another way here, so that what comes back is what went in.
 */
export function encodeSpec(spec: JsonObject): JsonObject {
  return encode(spec) as JsonObject;
}

export function decodeSpec(properties: JsonObject): JsonObject {
  return decode(properties) as JsonObject;
}

const nothing = '$null';
/** What makes a name ordinary again that would mean something to one of the two sides. */
const mark = '$$';
/** Of Pulumi: the field by which it tells secrets, assets and references apart from data. */
const signature = '4dabf18193072939515e22adb298388d';

function encode(value: JsonValue): JsonValue {
  if (value === null) return { [nothing]: true };
  if (Array.isArray(value)) return value.map(encode);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [isMeant(key) ? mark + key : key, encode(child)]),
  );
}

function decode(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(decode);
  if (!isJsonObject(value)) return value;
  if (value[nothing] === true && Object.keys(value).length === 1) return null;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key.startsWith(mark) ? key.slice(mark.length) : key, decode(child)]),
  );
}

// `__` at the front is kept from the inputs of a resource by the language's own serialiser.
function isMeant(key: string): boolean {
  return key === nothing || key === signature || key.startsWith(mark) || key.startsWith('__');
}
