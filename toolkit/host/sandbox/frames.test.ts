import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { encodeFrame, type Frame, readFrames } from './frames.ts';

it.each([
  {
    name: 'an answer',
    sent: { answer: [1] },
    frame: { is: 'answer', value: [1], bytes: Buffer.from('{"answer":[1]}') },
  },
  {
    name: 'an answer of null',
    sent: { answer: null },
    frame: { is: 'answer', value: null, bytes: Buffer.from('{"answer":null}') },
  },
  { name: 'a file that was begun', sent: { began: 'a\u001b.ts' }, frame: { is: 'began', file: 'a\u{FFFD}.ts' } },
  { name: 'a note', sent: { note: 'a\nb\u0007' }, frame: { is: 'note', text: 'a\nb\u{FFFD}' } },
  { name: 'a denial without its facts', sent: { denial: { kind: 'timed-out' } }, frame: { is: 'garbage' } },
  { name: 'a denial of no kind', sent: { denial: { kind: 'toString', message: '' } }, frame: { is: 'garbage' } },
  { name: 'a list', sent: [], frame: { is: 'garbage' } },
  { name: 'an object of nothing', sent: {}, frame: { is: 'garbage' } },
])('$name is read as what it is', ({ sent, frame }) => {
  expect(framesOf([encodeFrame(sent)])).toEqual([frame]);
});

it('frames may be cut anywhere and may come together', () => {
  const bytes = Buffer.concat([encodeFrame({ note: 'ä' }), encodeFrame({ answer: 1 })]);
  const frames = [
    { is: 'note', text: 'ä' },
    { is: 'answer', value: 1, bytes: Buffer.from('{"answer":1}') },
  ];
  expect(framesOf([bytes])).toEqual(frames);
  expect(framesOf(Array.from(bytes, (byte) => Buffer.of(byte)))).toEqual(frames);
});

it('bytes that are not JSON are garbage', () => {
  expect(framesOf([Buffer.from('\0\0\0\x03{]}')])).toEqual([{ is: 'garbage' }]);
});

it('a frame that says it is too large is not waited for, and nothing after it is read', () => {
  expect(framesOf([Buffer.from([0xff, 0xff, 0xff, 0xff]), encodeFrame({ answer: 1 })])).toEqual([
    { is: 'too-large', bytes: 0xffffffff },
  ]);
});

function framesOf(chunks: readonly Buffer[]): readonly Frame[] {
  const channel = new PassThrough();
  const frames: Frame[] = [];
  readFrames(channel, 1000, (frame) => frames.push(frame));
  for (const chunk of chunks) channel.emit('data', chunk);
  return frames;
}
