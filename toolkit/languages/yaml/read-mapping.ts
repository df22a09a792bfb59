import { parseYaml } from './parse-yaml.ts';
import type { YamlMapping } from './yaml-value.ts';

export type ReadMapping =
  | { readonly kind: 'mapping'; readonly value: YamlMapping }
  /** A part of a sentence, with the line and column of what is wrong. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads a file that a target holds and that must be one mapping, or says in a few words why it is none. */
export function readYamlMapping(text: string, file: string): ReadMapping {
  const { value, diagnostics } = parseYaml(text, file);
  const [first] = diagnostics;
  if (first !== undefined) {
    const at = first.position === undefined ? '' : ` at ${first.position.line}:${first.position.column}`;
    return { kind: 'unreadable', reason: `${first.summary}${at}: ${first.detail.replace(/\.$/, '')}` };
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { kind: 'mapping', value: value as YamlMapping };
  }
  return { kind: 'unreadable', reason: `it holds ${kindOf(value)}, not a mapping` };
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value === 'string' ? 'text' : typeof value}`;
}
