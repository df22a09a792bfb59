import { createHash } from 'node:crypto';

const maxBytes = 200;
/** What nearly every name is, and stays as it is: for ten thousand of them, looking at each character takes time. */
const plainName = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;

/**
 * A file name for a name of the organisation: one to one, readable, safe on every file system. Letters and digits of
 * any script stay; the rest is percent-encoded. Where that would not be enough, the end is a digest:
 *
 * ```text
 * mes-db-1   -> mes-db-1          泵站1      -> 泵站1
 * a/b        -> a%2Fb             ..         -> %2E.
 * 300 letters, or a name whose letters are not in composed form -> its first part, "~", 12 digits
 * ```
 */
export function fileNameOf(name: string): string {
  if (plainName.test(name)) return name;
  const encoded = [...name].map((character, index) => encodeCharacter(character, index)).join('');
  // Some file systems compose letters and accents, and two names would become one file.
  const isComposed = name === name.normalize('NFC');
  if (isComposed && Buffer.byteLength(encoded) <= maxBytes) return encoded;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${firstBytes(encoded.normalize('NFC'), maxBytes)}~${digest}`;
}

function encodeCharacter(character: string, index: number): string {
  if (/^[\p{L}\p{N}\p{M}_-]$/u.test(character)) return character;
  if (character === '.' && index > 0) return character;
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function firstBytes(text: string, limit: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > limit) break;
    kept += character;
  }
  return kept;
}

/** The name that a file name stands for; null when it ends in a digest, which cannot be turned back. */
export function nameOfFile(fileName: string): string | null {
  if (fileName.includes('~')) return null;
  try {
    return decodeURIComponent(fileName);
  } catch {
    return null;
  }
}
