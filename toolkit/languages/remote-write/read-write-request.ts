import { decodeSnappy, readVarint } from './decode-snappy.ts';

/** One series of a remote write, with the times of its samples. */
export interface WrittenSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
}

/** Reads what is sent by the remote write protocol 1.0; null where it is something else. */
export function readWriteRequest(body: Uint8Array): readonly WrittenSeries[] | null {
  const message = decodeSnappy(body);
  const fields = message === null ? null : fieldsOf(message);
  if (fields === null) return null;
  const series: WrittenSeries[] = [];
  for (const { number, bytes } of fields) {
    const one = number === 1 && bytes !== null ? seriesIn(bytes) : undefined;
    if (one === null) return null;
    if (one !== undefined) series.push(one);
  }
  return series;
}

interface Field {
  readonly number: number;
  /** Of a text or a message. */
  readonly bytes: Uint8Array | null;
  /** Of a number. */
  readonly value: number;
}

/** The fields of a protocol buffer: numbers, doubles, and what has a length. */
function fieldsOf(bytes: Uint8Array): readonly Field[] | null {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = readVarint(bytes, at);
    if (tag === null) return null;
    const [number, kind] = [Math.floor(tag.value / 8), tag.value % 8];
    const head = kind === 1 ? { value: 8, next: tag.next } : readVarint(bytes, tag.next);
    if (head === null || ![0, 1, 2].includes(kind)) return null;
    if (kind === 0) {
      fields.push({ number, bytes: null, value: head.value });
      at = head.next;
      continue;
    }
    const end = head.next + head.value;
    if (end > bytes.length) return null;
    const content = bytes.subarray(head.next, end);
    const value = kind === 1 ? new DataView(content.buffer, content.byteOffset, 8).getFloat64(0, true) : 0;
    fields.push({ number, bytes: kind === 1 ? null : content, value });
    at = end;
  }
  return fields;
}

function seriesIn(bytes: Uint8Array): WrittenSeries | null {
  const fields = fieldsOf(bytes);
  if (fields === null) return null;
  const parts = (number: number) =>
    fields.flatMap((field) => (field.number === number && field.bytes !== null ? [fieldsOf(field.bytes) ?? []] : []));
  const text = (part: readonly Field[], number: number) =>
    new TextDecoder().decode(part.find((field) => field.number === number)?.bytes ?? new Uint8Array());
  const numeric = (part: readonly Field[], number: number) => part.find((field) => field.number === number)?.value ?? 0;
  const samples = parts(2);
  return {
    labels: Object.fromEntries(parts(1).map((label) => [text(label, 1), text(label, 2)])),
    timesMs: samples.map((sample) => numeric(sample, 2)),
    values: samples.map((sample) => numeric(sample, 1)),
  };
}
