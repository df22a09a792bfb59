import { describe, expect, it } from 'vitest';
import { parseYaml } from './parse-yaml.ts';

describe('parseYaml', () => {
  it.each([
    { name: 'an empty file is null', text: '', value: null },
    { name: 'a byte order mark is not data', text: '\ufeffa: 1\n', value: { a: 1 } },
    { name: 'Windows line ends', text: 'a: 1\r\nb:\r\n- x\r\n', value: { a: 1, b: ['x'] } },
    {
      name: 'words that are booleans in YAML 1.1 are texts',
      text: 'a: yes\nb: off\nc: n\n',
      value: { a: 'yes', b: 'off', c: 'n' },
    },
    { name: 'times are texts', text: 'a: 1:30\nb: 2026-01-01\n', value: { a: '1:30', b: '2026-01-01' } },
    { name: 'keys are texts as written', text: '404: a\n1.0: b\n', value: { '404': 'a', '1.0': 'b' } },
    { name: 'anchors are followed', text: 'a: &x { b: 1 }\nc: *x\n', value: { a: { b: 1 }, c: { b: 1 } } },
    { name: 'folded texts', text: 'a: >-\n  one\n  two\n', value: { a: 'one two' } },
    { name: 'an anchor that is used again later', text: '- &a 1\n- &a 2\n- *a\n', value: [1, 2, 2] },
    { name: 'a number that keeps its digits', text: 'a: 518632942177062800000\n', value: { a: 518632942177062800000 } },
  ])('$name', ({ text, value }) => {
    expect(parseYaml(text, 'a.yaml')).toMatchObject({ value, diagnostics: [] });
  });

  const bomb = `a: &a [x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h']
    .map((name, index) => `${name}: &${name} [${Array(8).fill(`*${'abcdefg'[index]}`).join(', ')}]\n`)
    .join('')}`;

  it.each([
    { name: 'a key twice', text: 'a: 1\nb: 2\na: 3\n', code: 'yaml/duplicate-key', line: 3, column: 1 },
    { name: 'a tab as indentation', text: 'a:\n\tb: 1\n', code: 'yaml/tab-indentation', line: 2, column: 1 },
    { name: 'a second document', text: 'a: 1\n---\nb: 2\n', code: 'yaml/several-documents', line: 2, column: 1 },
    { name: 'a tag', text: 'a: !vault x\n', code: 'yaml/custom-tag', line: 1, column: 4 },
    { name: 'an alias of nothing', text: 'a: *x\n', code: 'yaml/unknown-alias', line: 1, column: 4 },
    { name: 'a bomb of aliases', text: bomb, code: 'yaml/too-many-aliases', line: 5, column: 8 },
    { name: 'a merge', text: 'a: &x { b: 1 }\nc:\n  <<: *x\n', code: 'yaml/merge-key', line: 3, column: 3 },
    { name: 'a template without quotes', text: 'a: {{ x }}\n', code: 'yaml/key-is-no-text', line: 1, column: 5 },
    { name: 'a prototype', text: 'a:\n  __proto__: 1\n', code: 'yaml/reserved-key', line: 2, column: 3 },
    {
      name: 'a serial number without quotes',
      text: 'a: 12345678901234567890\n',
      code: 'yaml/number-too-large',
      line: 1,
      column: 4,
    },
    { name: 'infinity', text: 'a: .inf\n', code: 'yaml/not-a-number', line: 1, column: 4 },
    { name: 'a NUL', text: 'a: 1\nb: x\0y\n', code: 'yaml/control-character', line: 2, column: 5 },
    { name: 'a carriage return alone', text: 'a: 1\rb: 2\n', code: 'yaml/control-character', line: 1, column: 5 },
    { name: 'a quote that is not closed', text: 'a: "x\nb: 1\n', code: 'yaml/syntax', line: 3, column: 1 },
    { name: 'two colons', text: 'a: b: c\n', code: 'yaml/syntax', line: 1, column: 4 },
    { name: 'a wrong indentation', text: 'a:\n    b: 1\n  c: 2\n', code: 'yaml/syntax', line: 3, column: 1 },
    {
      name: 'thousands of brackets',
      text: `a: ${'['.repeat(100_000)}`,
      code: 'yaml/nested-too-deeply',
      line: 1,
      column: expect.any(Number),
    },
  ])('$name is an error where it stands', ({ text, code, line, column }) => {
    const [first] = parseYaml(text, 'a.yaml').diagnostics;
    expect(first).toMatchObject({ code, severity: 'error', position: { file: 'a.yaml', line, column } });
  });

  it('goes on after a key that stands twice, with the first', () => {
    expect(parseYaml('a: 1\na: 2\nb: 3\n', 'a.yaml').value).toEqual({ a: 1, b: 3 });
  });

  it('refuses a large file in unusual syntax instead of taking minutes', () => {
    const text = `${'- id: host\n'.repeat(800_000)}- &anchor x\n`;
    expect(parseYaml(text, 'a.yaml')).toMatchObject({
      value: undefined,
      diagnostics: [{ code: 'yaml/too-large-to-read', position: { line: 800_001, column: 3 } }],
    });
  });
});

describe('positions', () => {
  const texts = {
    plain: 'items:\n  - id: a\n    "x/y": 中文 # note\n  - id: b\n    none:\n',
    // An anchor sends the same content to the other reader.
    other: 'items:\n  - id: a\n    "x/y": 中文 # note\n  - id: b\n    none:\nz: &z 1\n',
  };

  it.each(Object.entries(texts))('lines and columns count from 1 (%s)', (_name, text) => {
    const parsed = parseYaml(text, 'a.yaml');
    const place = (pointer: string): string => {
      const { line, column, endLine, endColumn } = parsed.positionOf(pointer);
      return `${line}:${column}-${endLine}:${endColumn}`;
    };
    expect(place('/items/0/id')).toBe('2:9-2:10');
    expect(place('/items/0/x~1y')).toBe('3:12-3:14');
    expect(parsed.positionOf('/items/1')).toMatchObject({ line: 4, column: 5 });
    expect(parsed.positionOf('/items/1/none')).toMatchObject({ line: 5, column: 5 });
    expect(parsed.positionOf('/items/1/absent')).toMatchObject({ line: 4, column: 5 });
    expect(parsed.keyPositionOf('/items/0/x~1y')).toEqual({ file: 'a.yaml', line: 3, column: 5 });
    expect(parsed.sourceOf('/items/0/x~1y')).toBe('中文');
    expect(parsed.sourceOf('/items/9')).toBe('');
  });

  it('the text as it is written is there beside the value', () => {
    const parsed = parseYaml('serial: 00123\n', 'a.yaml');
    expect([parsed.value, parsed.sourceOf('/serial')]).toEqual([{ serial: 123 }, '00123']);
  });
});
