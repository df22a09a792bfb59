import fc from 'fast-check';

type Mutation = { readonly at: number; readonly drop: number; readonly insert: string };

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.integer({ min: 0, max: 4 }),
  insert: fc.oneof(
    fc.constantFrom(
      '',
      '"',
      "'",
      '\n',
      '\r\n',
      '\t',
      ' ',
      '  ',
      ':',
      '- ',
      '#',
      '[',
      '}',
      '&a',
      '*a',
      ';',
      ',',
      '\ufeff',
      '\0',
      '|',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
});

/** A valid text with a few pieces cut out and others put in: nearer to what people get wrong than any noise. */
export function mutatedText(text: string): fc.Arbitrary<string> {
  return fc.array(mutation, { minLength: 1, maxLength: 4 }).map((mutations) => mutations.reduce(mutate, text));
}

/** The same with bytes, so that characters are cut in two as well. */
export function mutatedBytes(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const text = Buffer.from(bytes).toString('latin1');
  return mutatedText(text).map((mutated) => Buffer.from(mutated, 'latin1'));
}

function mutate(text: string, { at, drop, insert }: Mutation): string {
  const offset = Math.floor(at * text.length);
  return text.slice(0, offset) + insert + text.slice(offset + drop);
}
