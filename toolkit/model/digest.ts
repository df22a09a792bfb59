import { createHash, type Hash } from 'node:crypto';
import { canonicalJson, type JsonValue } from './json.ts';

/** `sha256:` and 64 hexadecimal digits over the canonical JSON of a value. */
export type Digest = string & { readonly __brand: 'Digest' };

export function digestOf(value: JsonValue): Digest {
  const hash = createHash('sha256');
  feed(hash, value);
  return asDigest(hash);
}

export function digestOfText(text: string | Uint8Array): Digest {
  return asDigest(createHash('sha256').update(text));
}

/** Element by element where it is a list: as one text, ten thousand resources would be tens of megabytes. */
function feed(hash: Hash, value: JsonValue): void {
  if (!Array.isArray(value)) {
    hash.update(canonicalJson(value));
    return;
  }
  hash.update('[');
  for (const [index, element] of value.entries()) hash.update(`${index === 0 ? '' : ','}${canonicalJson(element)}`);
  hash.update(']');
}

function asDigest(hash: Hash): Digest {
  return `sha256:${hash.digest('hex')}` as Digest;
}
