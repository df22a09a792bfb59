import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readersDiffer } from '../../testing/compare-yaml-readers.ts';
import { yamlTexts } from '../../testing/yaml-texts.ts';
import { readPlainYaml } from './read-plain-yaml.ts';

describe('the small reader agrees with the yaml package', () => {
  const accepted = [
    ['an empty file', ''],
    ['only comments', '# nothing\n\n# here\n'],
    ['a list of mappings', '- id: a\n  port: 1\n- id: b\n  port: 2\n'],
    ['a list under its key without indentation', 'items:\n- a\n- b\nnext: 1\n'],
    ['a list inside a list', '- - a\n  - b\n-\n  - c\n'],
    ['a document mark at the start', '---\na: 1\n'],
    ['Windows line ends', 'a: 1\r\nb:\r\n  - x\r\n  - "y"\r\n'],
    ['comments after values', 'a: 1 # one\nb: "x" # two\nc: # three\n  d: #\n'],
    ['a hash inside a word', 'a: b#c\n'],
    ['a colon inside a word', 'a: http://x:1/y\n'],
    ['numbers in every notation', 'a: 1\nb: -2.5\nc: 0x1F\nd: 0o17\ne: 1e3\nf: .5\ng: 007\nh: +1\ni: 1.\n'],
    ['words that are booleans elsewhere', 'a: yes\nb: on\nc: n\nd: true\ne: ~\nf: Null\ng: 1:30\n'],
    ['single quotes doubled', "a: 'it''s'\n'b c': \"d\\n\\u4e2d\"\n"],
    ['braces and brackets on one line', 'a: { b: 1, c: [x, \'y\', -3, "z"], "d":1 }\ne: []\nf: {}\n'],
    ['a literal block', 'a: |\n  one\n    two\n\n  three\nb: 1\n'],
    ['literal blocks that strip and keep', 'a: |-\n  one\n\nb: |+\n  two\n\nc: 3\n'],
    ['a literal block in a list', '- |\n  # not a comment\n  --- not a mark\n- x\n'],
    ['a literal block with Windows line ends', 'a: |\r\n  one\r\n  two\r\nb: 1\r\n'],
    ['Chinese keys and texts', '名称: 数据库\n站点: 华东一厂 # 注\n'],
    ['fields without a value', 'a:\nb:\n  c:\n  d: 1\n- x\n'.replace('- x\n', '')],
    ['keys that are numbers', '404: x\n1.0: y\n2: z\n'],
    ['a text over several lines', 'a: one\n  two {{ x }},\n   }} three\nb: 1\n'],
    [
      'lines of a text that begin with signs',
      'a: one\n  > 0\n  -1 -}} :x\n  | two\n  & * ! % @ `\n  "x" [y] {z}, $\nb: 1\n',
    ],
    ['a text over several lines in a list', '- one\n  two\n- three\n'],
    ['a text over several lines with Windows line ends', 'a: one \r\n  two\r\nb: 1\r\n'],
    ['a text over two lines that is a number on the first', 'a: 1\n  2\n'],
    ['a quoted text over several lines', "a: 'one  \n  it''s # two\n  three: x' # note\nb: 1\n"],
    ['a text in double quotes over several lines', 'a: "one \n  \\n two \\"x\\"\n  three" # note\nb: 1\n'],
    ['no line end at the end', 'a: 1\nb: two'],
    ['everything indented', '  a: 1\n  b: 2\n'],
  ] as const;

  it.each(accepted)('%s', (_name, source) => {
    expect(readPlainYaml(source).kind).toBe('tree');
    expect(readersDiffer(source)).toBeNull();
  });

  const left = [
    ['anchors', 'a: &x 1\nb: *x\n'],
    ['tags', 'a: !!str 1\n'],
    ['a folded text', 'a: >\n  one\n  two\n'],
    ['a text over two lines with a blank one between', 'a: one\n\n  two\n'],
    ['a text over two lines after a comment', 'a: one # x\n  two\n'],
    ['a text whose second line could be a list', 'a: one\n  - two\n'],
    ['a text whose second line could be a field', 'a: one\n  b: two\n'],
    ['a quoted text with a blank line', "a: 'one\n\n  two'\n"],
    ['a quoted text whose line end is escaped', 'a: "one \\\n  two"\n'],
    ['a quoted text whose next line begins with an escaped blank', 'a: "one\n  \\ two"\n'],
    ['brackets over two lines', 'a: [1,\n  2]\n'],
    ['a key announced by a question mark', '? a\n: b\n'],
    ['tabs', 'a:\t1\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['a directive', '%YAML 1.2\n---\na: 1\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a merge', 'a: 1\n<<: b\n'],
    ['a wrong indentation', 'a:\n    b: 1\n  c: 2\n'],
    ['two colons in a line', 'a: b: c\n'],
    ['a number that is no JSON', 'a: .inf\n'],
    ['a number with too many digits', 'a: 12345678901234567890\n'],
    ['a prototype', '__proto__: 1\n'],
    ['deep nesting', `a: ${'['.repeat(300)}${']'.repeat(300)}\n`],
  ] as const;

  it.each(left)('%s: left to the package', (_name, source) => {
    expect(readPlainYaml(source).kind).toBe('unusual');
  });

  it('for texts put together from pieces of YAML', () => {
    fc.assert(
      fc.property(yamlTexts, (source) => {
        expect(readersDiffer(source)).toBeNull();
      }),
      { numRuns: 3000 },
    );
  });
});
