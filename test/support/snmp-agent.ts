import { createSocket } from 'node:dgram';

/** What a device answers: object identifiers with their index, such as `1.3.6.1.2.1.1.3.0`. */
export type SnmpObjects = Readonly<Record<string, SnmpValue>>;
export type SnmpValue = { readonly type: keyof typeof tags; readonly value: number | string };

export interface SnmpAgent {
  /** `127.0.0.1:40161` */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * A device that speaks SNMP 2c, as far as an exporter asks: Get, GetNext and GetBulk over a table of objects. It answers
 * one community and nothing else, as devices do.
 */
export async function startSnmpAgent(objects: SnmpObjects, community: string): Promise<SnmpAgent> {
  const rows = Object.entries(objects)
    .map(([oid, value]) => ({ oid: oid.split('.').map(Number), value }))
    .sort((left, right) => compare(left.oid, right.oid));
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => {
    const answer = answerTo(message, rows, community);
    if (answer !== null) socket.send(answer, peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

interface Row {
  readonly oid: readonly number[];
  readonly value: SnmpValue;
}

const tags = { integer: 0x02, text: 0x04, counter: 0x41, gauge: 0x42, ticks: 0x43, counter64: 0x46 } as const;
const requests = { get: 0xa0, next: 0xa1, bulk: 0xa5 } as const;
const [response, noSuchInstance, endOfView] = [0xa2, 0x81, 0x82];

function answerTo(message: Buffer, rows: readonly Row[], community: string): Buffer | null {
  const [version, name, request] = children(message.subarray(headOf(message)));
  if (version === undefined || request === undefined || name?.body.toString() !== community) return null;
  const [id, nonRepeaters, maxRepetitions, bindings] = children(request.body);
  if (id === undefined || bindings === undefined) return null;
  const asked = children(bindings.body).map(({ body }) => readOid(children(body)[0]?.body ?? Buffer.alloc(0)));
  const repeats = request.tag === requests.bulk ? toNumber(maxRepetitions) : 1;
  const once = request.tag === requests.bulk ? toNumber(nonRepeaters) : 0;
  const found = asked.flatMap((oid, index) => {
    if (request.tag === requests.get) return [exactly(rows, oid)];
    return after(rows, oid, index < once ? 1 : repeats);
  });
  const body = Buffer.concat([
    tlv(0x02, id.body),
    tlv(0x02, Buffer.of(0)),
    tlv(0x02, Buffer.of(0)),
    tlv(0x30, Buffer.concat(found)),
  ]);
  return tlv(0x30, Buffer.concat([tlv(0x02, version.body), tlv(0x04, name.body), tlv(response, body)]));
}

function exactly(rows: readonly Row[], oid: readonly number[]): Buffer {
  const row = rows.find((one) => compare(one.oid, oid) === 0);
  return row === undefined ? binding(oid, tlv(noSuchInstance, Buffer.alloc(0))) : binding(oid, encode(row.value));
}

function after(rows: readonly Row[], oid: readonly number[], count: number): readonly Buffer[] {
  const first = rows.findIndex((one) => compare(one.oid, oid) > 0);
  const next = first === -1 ? [] : rows.slice(first, first + count);
  const found = next.map((row) => binding(row.oid, encode(row.value)));
  const last = next.at(-1)?.oid ?? oid;
  return found.length === count ? found : [...found, binding(last, tlv(endOfView, Buffer.alloc(0)))];
}

function binding(oid: readonly number[], value: Buffer): Buffer {
  return tlv(0x30, Buffer.concat([tlv(0x06, writeOid(oid)), value]));
}

function encode({ type, value }: SnmpValue): Buffer {
  if (typeof value === 'string') return tlv(tags[type], Buffer.from(value));
  // Nine bytes, so that the highest bit of an unsigned 64-bit number is no sign.
  const bytes = Buffer.alloc(9);
  bytes.writeBigInt64BE(BigInt(value), 1);
  if (value < 0) bytes.fill(0xff, 0, 1);
  const sign = value < 0 ? 0xff : 0;
  let start = 0;
  while (start < 8 && bytes[start] === sign && ((bytes[start + 1] ?? 0) & 0x80) === (sign & 0x80)) start += 1;
  return tlv(tags[type], bytes.subarray(start));
}

interface Element {
  readonly tag: number;
  readonly body: Buffer;
}

function children(bytes: Buffer): readonly Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const rest = bytes.subarray(at);
    const head = headOf(rest);
    const end = head + lengthOf(rest);
    found.push({ tag: rest[0] ?? 0, body: rest.subarray(head, end) });
    at += end;
  }
  return found;
}

function headOf(bytes: Buffer): number {
  const length = bytes[1] ?? 0;
  return length < 0x80 ? 2 : 2 + (length & 0x7f);
}

function lengthOf(bytes: Buffer): number {
  const length = bytes[1] ?? 0;
  return length < 0x80 ? length : bytes.readUIntBE(2, length & 0x7f);
}

function tlv(tag: number, body: Buffer): Buffer {
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  return Buffer.concat([Buffer.of(tag, 0x82, body.length >> 8, body.length & 0xff), body]);
}

function toNumber(element: Element | undefined): number {
  return element === undefined ? 0 : element.body.readIntBE(0, element.body.length);
}

function readOid(bytes: Buffer): readonly number[] {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (numbers.length === 0) numbers.push(Math.floor(number / 40), number % 40);
    else numbers.push(number);
    number = 0;
  }
  return numbers;
}

function writeOid([first = 0, second = 0, ...others]: readonly number[]): Buffer {
  const bytes = [first * 40 + second, ...others].flatMap((number) => {
    const parts = [number & 0x7f];
    for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128))
      parts.unshift((rest & 0x7f) | 0x80);
    return parts;
  });
  return Buffer.from(bytes);
}

function compare(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((number, index) => number !== right[index]);
  return at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}
