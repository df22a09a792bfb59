import { describe, expect, it } from 'vitest';
import { shorten, shortenPair } from './shorten.ts';

describe('shortening', () => {
  it.each([
    { text: 'short', room: 10, shown: 'short' },
    { text: 'a text that is too long', room: 11, shown: 'a tex… long' },
  ])('keeps both ends of $text', ({ text, room, shown }) => {
    expect(shorten(text, room)).toBe(shown);
  });

  it.each([
    { name: 'two that fit', before: 'a', after: 'b', room: 10, shown: ['a', 'b'] },
    {
      name: 'one that is alone',
      before: null,
      after: 'a text that is too long',
      room: 11,
      shown: [null, 'a tex… long'],
    },
    {
      name: 'a difference at the end',
      before: 'rate(errors[5m]) > 0.9',
      after: 'rate(errors[5m]) > 0.95',
      room: 12,
      shown: ['…5m]) > 0.9', '…5m]) > 0.95'],
    },
    {
      name: 'a difference at the start',
      before: 'a: one two three four',
      after: 'b: one two three four',
      room: 10,
      shown: ['a: one tw…', 'b: one tw…'],
    },
  ])('shows $name', ({ before, after, room, shown }) => {
    const pair = shortenPair(before, after, room);
    expect(pair.every((side) => side === null || side.length <= room)).toBe(true);
    expect(pair).toEqual(shown);
  });
});
