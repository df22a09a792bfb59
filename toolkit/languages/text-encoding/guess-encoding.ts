/** Names, for people, what a file that is not plain UTF-8 most likely is. */
export function guessEncoding(bytes: Uint8Array): string {
  return (
    guessWideEncoding(bytes) ??
    guessChinese(bytes.subarray(0, sampleSize)) ??
    'a single-byte encoding such as Windows-1252'
  );
}

/** What the first bytes or many zeros give away; null for what may be UTF-8. */
export function guessWideEncoding(bytes: Uint8Array): string | null {
  const marked = marks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  return marked?.name ?? guessFromZeros(bytes.subarray(0, sampleSize));
}

const sampleSize = 65_536;

// The longer mark first: UTF-32's begins with UTF-16's.
const marks: readonly { readonly mark: readonly number[]; readonly name: string }[] = [
  { mark: [0xff, 0xfe, 0, 0], name: 'UTF-32 (little endian)' },
  { mark: [0, 0, 0xfe, 0xff], name: 'UTF-32 (big endian)' },
  { mark: [0xff, 0xfe], name: 'UTF-16 (little endian), which Excel calls "Unicode Text"' },
  { mark: [0xfe, 0xff], name: 'UTF-16 (big endian)' },
  { mark: [0x50, 0x4b, 3, 4], name: 'an Excel workbook (xlsx), not a text file' },
  { mark: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old Excel workbook (xls), not a text file' },
];

/** Separators and digits are ASCII, whose other byte is zero in UTF-16: at odd offsets when little endian. */
function guessFromZeros(sample: Uint8Array): string | null {
  if (!sample.includes(0)) return null;
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd < 2 || Math.max(even, odd) * 8 < sample.length || Math.min(even, odd) * 8 > Math.max(even, odd))
    return null;
  return odd > even
    ? 'UTF-16 (little endian) without a byte order mark'
    : 'UTF-16 (big endian) without a byte order mark';
}

/** GB18030 and Big5 share most byte pairs; in the right one nearly all pairs are everyday characters. */
function guessChinese(sample: Uint8Array): string | null {
  const judged = [
    { name: 'GB18030 or GBK (Chinese Excel\'s plain "CSV")', share: everydayShare(sample, 'gb18030') },
    { name: 'Big5 (traditional Chinese)', share: everydayShare(sample, 'big5') },
    { name: 'Shift JIS (Japanese)', share: everydayShare(sample, 'shift_jis') },
  ];
  const best = judged.reduce((left, right) => (right.share > left.share ? right : left));
  return best.share > 0.5 ? best.name : null;
}

function everydayShare(sample: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(sample);
  const foreign = [...text].filter((character) => character > '\u007f');
  const everyday = foreign.filter((character) => everydayCharacters.test(character) && isEveryday(character));
  // A character of two bytes and a wrong byte count the same, so wrong decodings, which have more pieces, lose.
  return foreign.length === 0 ? 0 : everyday.length / foreign.length;
}

const everydayCharacters = /[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]/;

function isEveryday(character: string): boolean {
  return character < '\u4e00' || character > '\u9fff' || dailyCharacters().has(character);
}

let daily: Set<string> | null = null;

/** First level of GB 2312: the 3755 characters of daily use, whose first GBK byte is B0 to D7. */
function dailyCharacters(): ReadonlySet<string> {
  if (daily !== null) return daily;
  const pairs: number[] = [];
  for (let lead = 0xb0; lead <= 0xd7; lead += 1) {
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) pairs.push(lead, trail);
  }
  daily = new Set(new TextDecoder('gb18030').decode(new Uint8Array(pairs)));
  return daily;
}
