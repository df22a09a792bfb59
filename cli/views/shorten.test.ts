import { describe, expect, it } from 'vitest';
import { shorten } from './shorten.ts';

describe('shortening', () => {
  it.each([
    { text: 'short', room: 10, shown: 'short' },
    { text: 'a text that is too long', room: 11, shown: 'a tex… long' },
  ])('keeps both ends of $text', ({ text, room, shown }) => {
    expect(shorten(text, room)).toBe(shown);
  });
});
