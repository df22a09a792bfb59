import { definePolicy } from 'opsctl';

const longest = 63;
// Lower-case letters where a script has case, any letter where it has none (Chinese), digits, single dashes between.
const idPattern = /^[\p{Ll}\p{Lo}\p{Nd}]+(?:-[\p{Ll}\p{Lo}\p{Nd}]+)*$/u;

export const naming = definePolicy({
  id: 'cmdb/naming',
  level: 'mandatory',
  title: { en: 'Item ids must be lower-case words with dashes', zh: '配置项编号须为小写词语并以短横线连接' },
  rationale:
    'An id is for life and becomes a file name, a label and an address. Ids that differ only in case or width are one file on some machines and one word to people.',
  remedy: 'Choose the id before the item goes into service; keep the number on the machine in `identity`.',
  clauses: ['S0:A.9.1.b/3', 'S0:A.9.1.b/2'],
  check: ({ items }) =>
    items.flatMap(({ id, fieldSources }) => {
      const fault = faultOf(id);
      if (fault === null) return [];
      const position = fieldSources?.['/id'];
      return [
        {
          subject: id,
          item: id,
          message: `${id} ${fault}.`,
          expected: suggestionFor(id),
          found: id,
          ...(position === undefined ? {} : { position }),
        },
      ];
    }),
});

function faultOf(id: string): string | null {
  if (id.length > longest) return `has ${id.length} characters; ${longest} is the most`;
  if (id !== id.normalize('NFKC')) return 'has characters of another width or composition than usual';
  return idPattern.test(id) ? null : 'is not made of lower-case letters and digits with single dashes between';
}

function suggestionFor(id: string): string {
  const words =
    id
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{Ll}\p{Lo}\p{Nd}]+/gu) ?? [];
  return words.join('-').slice(0, longest);
}
