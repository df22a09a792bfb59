import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from './json.ts';

/** `sha256:` and 64 hexadecimal digits over the canonical JSON of a value. */
export type Digest = string & { readonly __brand: 'Digest' };

export function digestOf(value: JsonValue): Digest {
  return digestOfText(canonicalJson(value));
}

export function digestOfText(text: string | Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(text).digest('hex')}` as Digest;
}
