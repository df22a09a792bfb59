import { createHash, type Hash } from 'node:crypto';
import { canonicalPieces, type JsonValue } from './json.ts';

/** `sha256:` and 64 hexadecimal digits over the canonical JSON of a value. */
export type Digest = string & { readonly __brand: 'Digest' };

export function digestOf(value: JsonValue): Digest {
  const hash = createHash('sha256');
  for (const piece of canonicalPieces(value)) hash.update(piece);
  return asDigest(hash);
}

export function digestOfText(text: string | Uint8Array): Digest {
  return asDigest(createHash('sha256').update(text));
}

function asDigest(hash: Hash): Digest {
  return `sha256:${hash.digest('hex')}` as Digest;
}
