import { describe, expect, it } from 'vitest';
import { editYaml } from './edit-yaml.ts';

const text = `# hosts of the plant
items:
  - id: a   # first
    port: 9100
    title: 'old'
    note: "x"
    tags: [one, two]
    script: |
      line
  - { id: b, port: 1 }
`;

describe('editYaml', () => {
  it.each([
    { name: 'a number, the comment stays', pointer: '/items/0/port', value: 9200, line: '    port: 9200' },
    { name: 'quotes stay as they were', pointer: '/items/0/title', value: 'new', line: "    title: 'new'" },
    {
      name: 'a text that needs quotes gets them',
      pointer: '/items/0/id',
      value: 'yes',
      line: '  - id: "yes"   # first',
    },
    { name: 'inside brackets', pointer: '/items/0/tags/1', value: 'a, b', line: '    tags: [one, "a, b"]' },
    { name: 'inside braces', pointer: '/items/1/port', value: null, line: '  - { id: b, port: null }' },
    { name: 'a text over several lines', pointer: '/items/0/note', value: 'a\nb', line: '    note: "a\\nb"' },
  ])('$name', ({ pointer, value, line }) => {
    const result = editYaml(text, 'a.yaml', [{ pointer, value }]);
    const changed =
      result.kind === 'edited'
        ? result.text.split('\n').filter((found, index) => found !== text.split('\n')[index])
        : result;
    expect(changed).toEqual([line]);
  });

  it('a literal block becomes one line', () => {
    expect(editYaml(text, 'a.yaml', [{ pointer: '/items/0/script', value: 'short' }])).toEqual({
      kind: 'edited',
      text: text.replace('script: |\n      line', 'script: short'),
    });
  });

  it('makes several edits in a file with a byte order mark and Windows line ends', () => {
    const edits = [
      { pointer: '/a', value: 'longer than before' },
      { pointer: '/b', value: 2 },
    ];
    expect(editYaml('\ufeffa: x # c\r\nb: 1\r\n', 'a.yaml', edits)).toEqual({
      kind: 'edited',
      text: '\ufeffa: longer than before # c\r\nb: 2\r\n',
    });
  });

  it.each([
    { name: 'a value that is not there', text, pointer: '/items/5/id', line: 3 },
    { name: 'a list', text, pointer: '/items/0/tags', line: 7 },
    { name: 'an alias', text: 'a: &x 1\nb: *x\n', pointer: '/b', line: 2 },
    { name: 'an anchor that others repeat', text: 'a: &x 1\nb: *x\n', pointer: '/a', line: 1 },
    { name: 'an empty value', text: 'a:\nb: 1\n', pointer: '/a', line: 1 },
  ])('$name is refused at its place', ({ text: source, pointer, line }) => {
    expect(editYaml(source, 'a.yaml', [{ pointer, value: 2 }])).toMatchObject({
      kind: 'refused',
      diagnostics: [{ code: 'yaml/cannot-edit', position: { file: 'a.yaml', line } }],
    });
  });
});
