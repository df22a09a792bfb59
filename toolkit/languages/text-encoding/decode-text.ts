import { isUtf8 } from 'node:buffer';
import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import { guessEncoding, guessWideEncoding } from './guess-encoding.ts';
import { textEncodingDiagnostics } from './text-encoding-diagnostics.ts';

export type DecodedText =
  /** Without a byte order mark. */
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'refused'; readonly diagnostic: Diagnostic };

/** Bytes as UTF-8 text. Anything else is named and refused: a wrong guess would change names without anyone seeing it. */
export function decodeText(bytes: Uint8Array, file: string): DecodedText {
  // First of all: UTF-16 of plain ASCII is valid UTF-8 full of zeros.
  const wide = guessWideEncoding(bytes);
  if (wide !== null) return refuseEncoding(file, wide, 0, { file, line: 1, column: 1 });
  if (!isUtf8(bytes)) {
    const offset = firstWrongByte(bytes);
    return refuseEncoding(file, guessEncoding(bytes), offset, placeOf(bytes, offset, file));
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const position = placeOf(bytes, nul, file);
    return {
      kind: 'refused',
      diagnostic: textEncodingDiagnostics.create('nul-byte', { offset: nul }, { position, subject: file }),
    };
  }
  return { kind: 'text', text: new TextDecoder('utf-8').decode(bytes) };
}

function refuseEncoding(file: string, guess: string, offset: number, position: SourceSpan): DecodedText {
  const occurrence = { position, subject: file, expected: 'UTF-8', found: guess };
  return { kind: 'refused', diagnostic: textEncodingDiagnostics.create('not-utf-8', { guess, offset }, occurrence) };
}

/**
 * The longest beginning that is UTF-8 ends where the wrong byte is. A cut may fall inside a character, which is at most
 * four bytes, so a beginning counts as good when it is good but for its last three bytes.
 */
function firstWrongByte(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (goodLength(bytes, middle) === null) bad = middle;
    else good = middle;
  }
  return goodLength(bytes, bad) ?? goodLength(bytes, good) ?? 0;
}

function goodLength(bytes: Uint8Array, length: number): number | null {
  for (const cut of [0, 1, 2, 3]) {
    if (cut <= length && isUtf8(bytes.subarray(0, length - cut))) return length - cut;
  }
  return null;
}

function placeOf(bytes: Uint8Array, offset: number, file: string): SourceSpan {
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, offset));
  const line = before.split('\n').length;
  return { file, line, column: before.length - (before.lastIndexOf('\n') + 1) + 1 };
}
