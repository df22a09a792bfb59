/**
 * Prints one text so that every YAML reader takes it for the same text. Prometheus and Alertmanager read with Go's
 * yaml.v2, which follows YAML 1.1 in part, Python tools follow YAML 1.1 in full, and we read YAML 1.2: what any of them
 * would take for a number, a boolean, a date, null or a merge is quoted.
 */
export function printText(text: string): string {
  if (isPlain(text)) return text;
  if (needsEscapes(text)) return doubleQuoted(text);
  return text.includes('"') || text.includes('\\') ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** True for text that a literal block (`|`) shows as it is: several lines, nothing that must be escaped. */
export function fitsLiteralBlock(text: string): boolean {
  if (!text.includes('\n') || notPrintable.test(text)) return false;
  // A first line that is blank or indented would need an indentation number; trailing blanks are lost by editors.
  return !/^[ \t\n]/.test(text) && !/[ \t](\n|$)/.test(text) && /\S/.test(text);
}

/** Integral values past 1e21 get a point, which YAML 1.1 wants before an exponent. */
export function printNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`Bug: ${value} is no JSON number and cannot be printed as YAML.`);
  const printed = JSON.stringify(value);
  return /^-?\d+e/.test(printed) ? printed.replace('e', '.0e') : printed;
}

// Control characters, the two characters that YAML 1.1 takes for line ends, the byte order mark, halves of pairs.
const notPrintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

// An indicator, a blank or a document mark at the start; a dash is fine before a letter, as in `--flag` it is not.
const startsOtherwise = /^(?:[\s?:,[\]{}#&*!|>'"%@`=<~]|-(?![A-Za-z/])|\.\.\.|$)/;
const breaksInside = /[\n\t]|:(?:\s|$)|\s#|\s$/;

const wordOfAnyYaml = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
// Every number, date and time of YAML 1.1 and 1.2 starts so: 0o17, 1_000, 1:30, 2026-01-01, .5, +1, .inf.
const numberStart = /^[-+]?\.?\d|^[-+]?\.(?:inf|nan)$/i;
// What starts with a digit and is clearly none of them: `5m`, `3par-box`; not 0x1f, 1e3, 2026-01-01T00.
const startsWithDigitOnly = /^(?!0[xob])(?!\d[\d._]*e[-+]?\d+$)(?!\d{4}-\d)\d[\w.-]*[A-Za-z][\w.-]*$/i;

function isPlain(text: string): boolean {
  if (startsOtherwise.test(text) || breaksInside.test(text)) return false;
  if (wordOfAnyYaml.test(text) || notPrintable.test(text)) return false;
  return !numberStart.test(text) || startsWithDigitOnly.test(text);
}

function needsEscapes(text: string): boolean {
  return /[\n\t]/.test(text) || notPrintable.test(text);
}

/** JSON's quoting is YAML's; what JSON leaves bare and YAML may not hold is escaped as well. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
