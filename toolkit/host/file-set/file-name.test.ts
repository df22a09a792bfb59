import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileNameOf, nameOfFile } from './file-name.ts';

describe('fileNameOf', () => {
  it.each([
    { name: 'mes-db-1', file: 'mes-db-1' },
    { name: '泵站1', file: '泵站1' },
    { name: 'a.b', file: 'a.b' },
    { name: '..', file: '%2E.' },
    { name: '.hidden', file: '%2Ehidden' },
    { name: 'a/b', file: 'a%2Fb' },
    { name: '100%', file: '100%25' },
    { name: 'a~b', file: 'a%7Eb' },
    { name: '泵'.repeat(100), file: expect.stringMatching(/^泵{66}~[0-9a-f]{12}$/) },
    { name: 'e\u0301', file: expect.stringMatching(/^\u00e9~[0-9a-f]{12}$/) },
  ])('makes a safe name of "$name"', ({ name, file }) => {
    expect(fileNameOf(name)).toEqual(file);
  });

  it('gives two names two files, and each short one back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }),
        (one, other) => {
          const file = fileNameOf(one);
          expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255);
          expect(file).not.toMatch(/[/\\\0]|^\.{0,2}$/);
          if (one !== other) expect(fileNameOf(other)).not.toBe(file);
          if (!file.includes('~')) expect(nameOfFile(file)).toBe(one);
        },
      ),
    );
  });
});
