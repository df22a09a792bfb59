/** The value of a number as Go reads it, or null when it cannot hold it: `1e999`. The form was checked before. */
export function readNumber(text: string): number | null {
  const digits = text.replaceAll('_', '');
  if (/^0[xX]/.test(digits)) return readHexadecimal(digits);
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  const lower = digits.toLowerCase();
  if (lower === 'inf') return Number.POSITIVE_INFINITY;
  if (lower === 'nan') return Number.NaN;
  const value = Number(digits);
  return Number.isFinite(value) ? value : null;
}

// Go reads it as a whole number of 64 bits, and as nothing else.
function readHexadecimal(digits: string): number | null {
  const value = BigInt(digits.toLowerCase());
  return value < 2n ** 63n ? Number(value) : null;
}

/** A number that reads back as the same one. */
export function printNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return value > 0 ? 'Inf' : '-Inf';
}
