import type { JsonValue } from '../../model/index.ts';

export type ParsedJson =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'invalid'; readonly reason: string };

export function printJson(value: JsonValue): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function parseJson(text: string): ParsedJson {
  try {
    return { kind: 'value', value: JSON.parse(text) as JsonValue };
  } catch (cause) {
    return {
      kind: 'invalid',
      reason: `it is not valid JSON (${cause instanceof Error ? cause.message : String(cause)})`,
    };
  }
}
