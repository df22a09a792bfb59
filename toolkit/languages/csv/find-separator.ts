export interface CsvShape {
  readonly separator: string;
  /** How many characters at the start are Excel's `sep=;` line and hold no data. */
  readonly preamble: number;
}

/**
 * Excel separates with `;` in languages whose decimal sign is a comma, and with tabs when text is copied. The header
 * decides: names of columns hold none of the three. A first line `sep=;`, as Excel writes and reads it, decides before.
 */
export function findSeparator(text: string): CsvShape {
  const declared = /^sep=([,;\t|])\r?(\n|$)/.exec(text);
  if (declared !== null) return { separator: declared[1] ?? ',', preamble: declared[0].length };
  const header = /^(?!#)[^\S\n]*\S.*$/m.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? '';
  const counted = separators.map((separator) => ({ separator, count: header.split(separator).length }));
  const best = counted.reduce((left, right) => (right.count > left.count ? right : left));
  return { separator: best.separator, preamble: 0 };
}

// The first wins where none stands in the header.
const separators = [',', ';', '\t'];
