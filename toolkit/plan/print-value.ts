import { isJsonObject, isSecretReference, type JsonValue } from '../model/index.ts';
import { inReadingOrder } from './reading-order.ts';
import { unmatchedSecret } from './secret-mask.ts';

/** A value for people on one line: JSON, with `(secret env:NAME)` where a secret stands. */
export function printValue(value: JsonValue): string {
  if (isSecretReference(value)) return printSecret(value.$secret);
  if (typeof value === 'string') return printText(value);
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = inReadingOrder(value).map(([key, child]) => `${printKey(key)}: ${printValue(child)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** In single quotes where that saves the escapes: most expressions hold double quotes. */
function printText(text: string): string {
  const printed = JSON.stringify(text);
  return /^[^'\\\p{Cc}]*$/u.test(text) && text.includes('"') ? `'${text}'` : printed;
}

function printSecret(reference: string): string {
  return reference === unmatchedSecret.$secret ? '(another secret)' : `(secret ${reference})`;
}

export function printKey(key: string): string {
  return /^[\p{L}\p{N}_-]+$/u.test(key) ? key : JSON.stringify(key);
}
