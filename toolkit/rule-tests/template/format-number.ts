/** Go's `%.4g`. */
export function fourDigits(value: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponentText = '0'] = toFourDigits(value).split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 4) return `${withoutZeros(digits)}e${printExponent(exponent)}`;
  return withoutZeros(plain(digits, exponent));
}

/** Go rounds what lies exactly between two numbers to the even one (110.25 is 110.2), JavaScript to the larger one. */
function toFourDigits(value: number): string {
  const rounded = value.toExponential(3);
  const [digits = '', exponentText = '0'] = value.toExponential(100).split('e');
  const lower = digits.slice(0, digits.indexOf('.') + 4);
  const isBetween = /^50*$/.test(digits.slice(lower.length));
  return isBetween && /[02468]$/.test(lower) ? `${lower}e${exponentText}` : rounded;
}

/** Go's `%v` of a float: as short as it can be, with an exponent from a million on. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  return exponent < -4 || exponent >= 6 ? `${digits}e${printExponent(exponent)}` : plain(digits, exponent);
}

function plain(digits: string, exponent: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const all = digits.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${all}`;
  const whole = all.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const rest = all.slice(exponent + 1);
  return `${sign}${whole}${rest === '' ? '' : `.${rest}`}`;
}

function notFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function printExponent(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
