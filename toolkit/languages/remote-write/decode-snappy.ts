/**
 * Unpacks a block of Snappy, in which remote write is sent: the length, then pieces that are either bytes or a look back at
 * what came before (github.com/google/snappy, format_description.txt). Null where it is none.
 */
export function decodeSnappy(packed: Uint8Array): Uint8Array | null {
  const head = readVarint(packed, 0);
  if (head === null || head.value > maxBytes) return null;
  const output = new Uint8Array(head.value);
  let [at, written] = [head.next, 0];
  while (at < packed.length) {
    const piece = readPiece(packed, at);
    if (piece === null || written + piece.length > output.length) return null;
    if (piece.kind === 'bytes') output.set(packed.subarray(piece.from, piece.from + piece.length), written);
    else if (piece.offset === 0 || piece.offset > written) return null;
    // A copy may reach into what it writes itself: byte by byte.
    else
      for (let index = 0; index < piece.length; index += 1)
        output[written + index] = output[written + index - piece.offset] ?? 0;
    written += piece.length;
    at = piece.next;
  }
  return written === output.length ? output : null;
}

const maxBytes = 256 * 1024 * 1024;

export interface Varint {
  readonly value: number;
  readonly next: number;
}

/** Exact up to 2^53, which times in milliseconds are far below. */
export function readVarint(bytes: Uint8Array, from: number): Varint | null {
  let value = 0;
  for (let index = 0; index < 10; index += 1) {
    const byte = bytes[from + index];
    if (byte === undefined) return null;
    value += (byte & 127) * 2 ** (7 * index);
    if (byte < 128) return { value, next: from + index + 1 };
  }
  return null;
}

type Piece =
  | { readonly kind: 'bytes'; readonly from: number; readonly length: number; readonly next: number }
  | { readonly kind: 'copy'; readonly offset: number; readonly length: number; readonly next: number };

function readPiece(bytes: Uint8Array, at: number): Piece | null {
  const tag = bytes[at] ?? 0;
  const long = tag >> 2;
  if ((tag & 3) === 0) {
    // Lengths above 60 stand in one to four bytes of their own.
    const extra = Math.max(0, long - 59);
    const length = (extra === 0 ? long : littleEndian(bytes, at + 1, extra)) + 1;
    const from = at + 1 + extra;
    return from + length > bytes.length ? null : { kind: 'bytes', from, length, next: from + length };
  }
  const width = [1, 2, 4][(tag & 3) - 1] ?? 1;
  if (at + width >= bytes.length) return null;
  const low = littleEndian(bytes, at + 1, width);
  const isShort = width === 1;
  const offset = isShort ? ((tag >> 5) << 8) + low : low;
  return { kind: 'copy', offset, length: isShort ? (long & 7) + 4 : long + 1, next: at + 1 + width };
}

function littleEndian(bytes: Uint8Array, from: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index += 1) value += (bytes[from + index] ?? 0) * 2 ** (8 * index);
  return value;
}
