import { expect, it } from 'vitest';
import { quoteBody } from './quote-body.ts';

const token = 'TokenZZabcdefghijklmnop+/=-_.~';

it.each([
  { name: 'a short answer as it is', body: 'not found', quoted: 'not found' },
  { name: 'lines and control characters as one line', body: ' a\n\u001b[31mb\r\n\tc ', quoted: 'a [31mb c' },
  { name: 'nothing of one long word', body: 'x'.repeat(600), quoted: ' ...' },
])('quotes $name', ({ body, quoted }) => {
  expect(quoteBody(body)).toBe(quoted);
});

it('never quotes the beginning of a word, which the mask of secrets would not know', () => {
  for (let before = 460; before < 505; before += 1) {
    const said = quoteBody(`${'y '.repeat(before / 2)}${' '.repeat(before % 2)}${token} ${'z '.repeat(3000)}`);
    expect(said.includes(token) || !said.includes('Token')).toBe(true);
    expect(said.length).toBeLessThanOrEqual(504);
  }
});

it('nor where the text is so long that not all of it is looked at', () => {
  for (let before = 4960; before < 5005; before += 1) {
    expect(quoteBody(`${' '.repeat(before)}${token}${'z'.repeat(9000)}`)).not.toContain('Token');
  }
});
