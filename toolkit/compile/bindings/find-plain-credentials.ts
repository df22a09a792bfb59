import { pointerTo } from '../../diagnostics/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';

/**
 * JSON pointers of values that hold a credential instead of naming one: a URL with a password, or a text below a name
 * such as `password` that is no reference. The values themselves go nowhere.
 */
export function findPlainCredentials(value: JsonValue, pointer = ''): readonly string[] {
  if (typeof value === 'string') return urlWithPassword.test(value) ? [pointer] : [];
  if (Array.isArray(value)) return value.flatMap((entry, index) => findPlainCredentials(entry, `${pointer}/${index}`));
  return isJsonObject(value) ? findInFields(value, pointer) : [];
}

// `user:password@` or `token@` before the host.
const urlWithPassword = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*@/i;
const namesCredential = /pass(word|wd|phrase)|secret|token|credential|api_?key|private_?key/i;
const reference = /^(env|file):\S+$/;

function findInFields(mapping: JsonObject, pointer: string): readonly string[] {
  return Object.entries(mapping).flatMap(([name, value]) => {
    const place = pointerTo(pointer, name);
    const isPlain = typeof value === 'string' || typeof value === 'number';
    if (namesCredential.test(name) && isPlain && !reference.test(String(value))) return [place];
    return findPlainCredentials(value, place);
  });
}
