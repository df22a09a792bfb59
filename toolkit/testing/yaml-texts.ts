import fc from 'fast-check';
import type { YamlValue } from '../languages/yaml/index.ts';

// biome-ignore format: a table of pieces
const piece = fc.constantFrom(
  'a', 'b', 'key', 'x y', '1', '-1', '0x1', '1.5', 'true', '~', '名', '-', '- ', ': ', ':', ', ', ',', '[', ']', '{', '}',
  '"', "'", '"q"', "'s'", ' #', '#', '|', '|-', '|+', '>', '&a', '*a', '!t', '?', '? ', ' ', '  ', '\\', '\\n', '%', '@',
  '---', '...', '\t', '<<', '[a, b]', '{a: 1}', '[]', '{}',
);

const line = fc
  .tuple(
    fc.constantFrom('', '', '  ', '    ', '   ', ' '),
    fc.constantFrom('', '- ', '- - ', 'a: ', 'b:', 'c: ', '- a: ', '- b:', '"k": ', '# '),
    fc.array(piece, { maxLength: 4 }),
  )
  .map(([indent, lead, pieces]) => `${indent}${lead}${pieces.join('')}`);

/** Texts put together from pieces of YAML: about one in four is valid. */
export const yamlTexts: fc.Arbitrary<string> = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\n', '\r\n'), fc.boolean())
  .map(([lines, end, last]) => lines.join(end) + (last ? end : ''));

// biome-ignore format: a table of words
const trickyText = fc.constantFrom(
  '', ' ', 'y', 'N', 'yes', 'No', 'on', 'OFF', 'true', 'False', 'null', '~', 'Null', '<<', '=', '.inf', '-.INF', '.nan', '0o17',
  '0x1F', '017', '1_000', '1:30', '190:20:30', '1:30.5', '+1', '-1', '1e3', '1.', '.5', '1,000', '2026-01-01',
  '2026-01-01T00:00:00Z', '2026-1-1 0:0:0', '5m', '1h30m', '10.0.0.1', '127.0.0.1:9100', '::1', 'a: b', 'a:', ':a', 'a #b', '#a', 'a#b',
  '- a', '-', '-a', '--a', '---', '...', '? a', '?a', '[a]', '{a}', 'a, b', '&a', '*a', '!a', '|', '>', '%a', '@a', '`a`', "it's",
  'say "hi"', 'C:\\temp', 'up{job="a"} == 0', '{{ $labels.instance }}', 'a\nb', 'a\nb\n', 'a\n\n', '\na', ' a\nb', 'a \nb', '\n',
  'a\tb', '\ta', 'a\r\nb', '\u0007', '\u0085', '\u2028', '\ufeffa', '\u00a0a', '\u3000a', '主机：一', '😀', '__proto__x', '0b1',
);

/** Texts that some YAML reader takes for something else when they stand without quotes, among all texts. */
const yamlStrings: fc.Arbitrary<string> = fc.oneof(
  trickyText,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.oneof(trickyText, piece), { maxLength: 3 }).map((parts) => parts.join('')),
);

/** Any value that JSON has, with such texts as keys and values. */
export const yamlValues: fc.Arbitrary<YamlValue> = fc
  .letrec<{ value: YamlValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      yamlStrings,
      fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .uniqueArray(fc.tuple(yamlStrings, tie('value')), { maxLength: 4, selector: ([key]) => key })
        .map((fields) => Object.fromEntries(fields)),
    ),
  }))
  .value.map((value) => JSON.parse(JSON.stringify(value)) as YamlValue);
