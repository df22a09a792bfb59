import { describe, expect, it } from 'vitest';
import { compileSchema, type SchemaProblem } from './compile-schema.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['address', 'port'],
  properties: {
    address: { type: 'string', minLength: 1, pattern: '^[a-z.]+$' },
    port: { type: 'integer', minimum: 1, maximum: 65_535 },
    os: { type: 'string', enum: ['linux', 'windows'] },
    tags: { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true },
  },
};

function problemsOf(value: unknown): readonly Omit<SchemaProblem, 'expected' | 'found'>[] {
  const compiled = compileSchema(schema);
  if (compiled.kind === 'refused') throw new Error(compiled.reason);
  return compiled.check(value).map(({ pointer, kind, message }) => ({ pointer, kind, message }));
}

describe('compileSchema', () => {
  it('finds nothing in a value that fits', () => {
    expect(problemsOf({ address: 'a.b', port: 1, os: 'linux', tags: ['x'] })).toEqual([]);
  });

  it('finds everything that is wrong, each place once, in words', () => {
    expect(problemsOf({ prot: 1, os: 'linx', tags: ['a', 'a', ''], address: '' })).toEqual([
      { pointer: '/port', kind: 'missing', message: 'port is required and missing.' },
      { pointer: '/prot', kind: 'unknown', message: 'prot is not known here. Did you mean port?' },
      {
        pointer: '/address',
        kind: 'wrong-form',
        message: 'address must be a text of at least 1 character, and is an empty text.',
      },
      {
        pointer: '/os',
        kind: 'not-an-option',
        message: 'os must be one of linux, windows, and is the text "linx". Did you mean linux?',
      },
      {
        pointer: '/tags/2',
        kind: 'wrong-form',
        message: 'tags/2 must be a text of at least 1 character, and is an empty text.',
      },
      {
        pointer: '/tags',
        kind: 'wrong-form',
        message: 'tags must be a list of different entries, and is a list that has the text "a" twice.',
      },
    ]);
  });

  it('tells of a name of a property where that property is', () => {
    const schema = { type: 'object', propertyNames: { type: 'string', pattern: '^[a-z]+$', title: 'a small word' } };
    const compiled = compileSchema(schema);
    expect(compiled.kind === 'compiled' && compiled.check({ a: 1, B: 1 })).toEqual([
      {
        pointer: '/B',
        kind: 'unknown',
        expected: 'a small word',
        found: 'the text "B"',
        message: 'The name "B" must be a small word, and is the text "B".',
      },
    ]);
  });

  it('says in words what a pattern is of, where the schema does', () => {
    const schema = { type: 'object', properties: { url: { type: 'string', pattern: '^http:', title: 'a URL' } } };
    const compiled = compileSchema(schema);
    expect(compiled.kind === 'compiled' && compiled.check({ url: 'x' })).toMatchObject([
      { expected: 'a URL', message: 'url must be a URL, and is the text "x".' },
    ]);
  });

  it.each([
    {
      value: { address: 'A', port: 1 },
      message: 'address must be a text that matches ^[a-z.]+$, and is the text "A".',
    },
    {
      value: { address: 'a', port: 70_000 },
      message: 'port must be a whole number from 1 to 65535, and is the number 70000.',
    },
    {
      value: { address: 'a', port: 'x' },
      message: 'port must be a whole number from 1 to 65535, and is the text "x".',
    },
    { value: { address: 'a', port: 1, os: 3 }, message: 'os must be a text, and is the number 3.' },
    { value: [], message: 'The value must be a mapping of fields, and is a list.' },
  ])('$message', ({ value, message }) => {
    expect(problemsOf(value).map((problem) => problem.message)).toEqual([message]);
  });

  it('says what was expected and found apart from the sentence', () => {
    const compiled = compileSchema({ enum: ['a', 'b'] });
    expect(compiled.kind === 'compiled' && compiled.check('c')).toMatchObject([
      { expected: 'one of a, b', found: 'the text "c"' },
    ]);
  });

  it.each([
    { name: 'a reference', refused: { $ref: 'http://x' }, reason: '/$ref is not a keyword that is read here' },
    {
      name: 'an unknown keyword',
      refused: { properties: { a: { $async: true } } },
      reason: '/properties/a/$async is not a keyword that is read here',
    },
    {
      name: 'a pattern that takes hours',
      refused: { pattern: '^(a+)+$' },
      reason: '/pattern repeats a group that repeats inside, which can take hours',
    },
    { name: 'a pattern that is none', refused: { pattern: '(' }, reason: '/pattern is not a regular expression' },
    { name: 'a type that is none', refused: { type: 'text' }, reason: '/type is not a type' },
    { name: 'code for a number', refused: { minimum: '0);process.exit(' }, reason: '/minimum is not a number' },
    { name: 'no schema', refused: 'string', reason: '/ is not a schema' },
  ])('refuses $name', ({ refused, reason }) => {
    expect(compileSchema(refused)).toEqual({ kind: 'refused', reason });
  });
});
