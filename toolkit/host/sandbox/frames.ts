import type { Readable } from 'node:stream';
import { isRecord, parseDenial, printable, type SandboxDenial } from './denial.ts';

/** What the child says. Everything but `answer` may come any number of times before it. */
export type Frame =
  | { readonly is: 'answer'; readonly value: unknown; readonly bytes: Uint8Array }
  | { readonly is: 'denial'; readonly denial: SandboxDenial }
  | { readonly is: 'began'; readonly file: string }
  | { readonly is: 'note'; readonly text: string }
  | { readonly is: 'too-large'; readonly bytes: number }
  | { readonly is: 'garbage' };

const prefixBytes = 4;
/** What a frame has around the value it carries. */
const envelopeBytes = 64 * 1024;

export function encodeFrame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message), 'utf8');
  const prefix = Buffer.allocUnsafe(prefixBytes);
  prefix.writeUInt32BE(body.length, 0);
  return Buffer.concat([prefix, body]);
}

/** Cuts the child's bytes into frames. A frame that says it is larger than the limit is never collected. */
export function readFrames(channel: Readable, outputBytes: number, take: (frame: Frame) => void): void {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let neededBytes = prefixBytes;
  let isBody = false;

  channel.on('data', (chunk: Buffer) => {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    while (waitingBytes >= neededBytes) takePart();
  });

  function takePart(): void {
    // Joined only when complete: joining on every chunk would copy a large answer again and again.
    const joined = waiting.length === 1 ? (waiting[0] ?? Buffer.alloc(0)) : Buffer.concat(waiting);
    const part = joined.subarray(0, neededBytes);
    waiting = [joined.subarray(neededBytes)];
    waitingBytes -= neededBytes;
    neededBytes = isBody ? prefixBytes : part.readUInt32BE(0);
    if (isBody) take(parseFrame(part));
    else if (neededBytes > outputBytes + envelopeBytes) stop({ is: 'too-large', bytes: neededBytes });
    isBody = !isBody;
  }

  function stop(frame: Frame): void {
    channel.removeAllListeners('data');
    waitingBytes = -1;
    take(frame);
  }
}

function parseFrame(body: Buffer): Frame {
  const frame = parsedJson(body);
  if (!isRecord(frame)) return { is: 'garbage' };
  if (Object.hasOwn(frame, 'answer')) return { is: 'answer', value: frame.answer, bytes: body };
  if (typeof frame.began === 'string') return { is: 'began', file: printable(frame.began) };
  if (typeof frame.note === 'string') return { is: 'note', text: printable(frame.note) };
  const denial = parseDenial(frame.denial);
  return denial === undefined ? { is: 'garbage' } : { is: 'denial', denial };
}

function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
