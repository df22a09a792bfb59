import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic, SourceSpan } from '../diagnostics/index.ts';
import { locateField } from './locate-field.ts';

/**
 * What is wrong with a value of a `define...()` call is known by the place of the call and the path in it: content has no
 * text. Here there is the text, and the position becomes that of the field.
 */
export async function pointAtFields(root: string, diagnostics: readonly Diagnostic[]): Promise<readonly Diagnostic[]> {
  const texts = new Map<string, string | null>();
  const pointed: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const { position } = diagnostic;
    if (position?.path === undefined) {
      pointed.push(diagnostic);
      continue;
    }
    const { path: field, ...call } = position;
    const text = texts.get(call.file) ?? (await readFile(path.join(root, call.file), 'utf8').catch(() => null));
    texts.set(call.file, text);
    pointed.push({ ...diagnostic, position: (text === null ? null : fieldSpan(text, call, field)) ?? call });
  }
  return pointed;
}

function fieldSpan(text: string, call: SourceSpan, field: string): SourceSpan | null {
  const lines = text.split('\n');
  const start = lines.slice(0, call.line - 1).reduce((sum, line) => sum + line.length + 1, call.column - 1);
  const at = locateField(text, start, field);
  if (at === null) return null;
  const before = text.slice(0, at).split('\n');
  return { file: call.file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
