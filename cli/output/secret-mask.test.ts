import { describe, expect, it } from 'vitest';
import { createSecretMask } from './secret-mask.ts';

const secret = 'p@ss "wörd"&<7>/?';

describe('a secret mask', () => {
  it.each([
    { name: 'as it is', text: `login ${secret} failed` },
    { name: 'inside JSON', text: JSON.stringify({ password: secret }) },
    { name: 'inside a URL', text: `https://user:${encodeURIComponent(secret)}@example.com/` },
    { name: 'inside XML', text: '<p>p@ss &quot;wörd&quot;&amp;&lt;7&gt;/?</p>' },
    { name: 'in hexadecimal', text: Buffer.from(secret).toString('hex') },
    { name: 'in base64', text: Buffer.from(secret).toString('base64') },
    { name: 'in base64 behind one byte', text: Buffer.from(`u${secret}x`).toString('base64') },
    { name: 'in base64 behind a user name', text: `Basic ${Buffer.from(`admin:${secret}`).toString('base64')}` },
    { name: 'in URL-safe base64', text: Buffer.from(`ab${secret}`).toString('base64url') },
  ])('hides the secret $name', ({ text }) => {
    const mask = createSecretMask();
    mask.learn(secret);
    const masked = mask.mask(text);
    expect(masked).toContain('(secret)');
    expect(masked).not.toContain('wörd');
    expect(Buffer.from(masked, 'base64').toString('utf8')).not.toContain('wörd');
  });

  it('hides a key of several lines line by line', () => {
    const mask = createSecretMask();
    mask.learn('-----BEGIN-----\nabcdefgh\n-----END-----\n');
    expect(mask.mask('line 2 is abcdefgh')).toBe('line 2 is (secret)');
  });

  it('leaves other text as it is', () => {
    const mask = createSecretMask();
    mask.learn('abc');
    mask.learn('');
    expect(mask.mask('abc is too short to be told from other text')).toBe(
      'abc is too short to be told from other text',
    );
  });
});
