/**
 * What a text without quotes means in YAML 1.2's core schema. Undefined: a value that JSON does not have or cannot keep
 * exactly, which is for the caller to report.
 */
export function readPlainScalar(text: string): null | boolean | number | string | undefined {
  if (text.length === 0) return null;
  if (!startsSpecial.test(text)) return text;
  if (words.has(text)) return words.get(text) as null | boolean;
  if (decimal.test(text)) return exactInteger(text);
  if (float.test(text)) return finite(Number(text));
  if (octal.test(text) || hexadecimal.test(text)) return exactInteger(text);
  return infinite.test(text) ? undefined : text;
}

const startsSpecial = /^[-+.\d~nNtTfF]/;
const words: ReadonlyMap<string, null | boolean> = new Map<string, null | boolean>([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
const decimal = /^[-+]?\d+$/;
const octal = /^0o[0-7]+$/;
const hexadecimal = /^0x[\da-fA-F]+$/;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const infinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/;

/** Undefined where digits would be lost: 12345678901234567890 would come back as 12345678901234567000. */
export function exactInteger(text: string): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) || String(value) === text ? value : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
