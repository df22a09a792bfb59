import type { Diagnostic } from '../../diagnostics/index.ts';
import { manifestFileDiagnostics } from './diagnostics.ts';

/**
 * The first place of a file that is a template and not a manifest. Braces alone are no sign of it: alerts, dashboards and
 * configuration of Alertmanager are full of templates that are filled in by whom they are for.
 */
export function findTemplate(text: string, path: string): Diagnostic | null {
  const lines = text.split('\n');
  const index = lines.findIndex((line, at) => isOfHelm(line) || (beginsValue(line) && !isInText(lines, at)));
  const line = lines[index];
  if (line === undefined) return null;
  const column = line.indexOf('{{') + 1;
  const found = line.slice(column - 1).trim();
  return manifestFileDiagnostics.create('template', { found }, { position: { file: path, line: index + 1, column } });
}

/** Words that mean something to Helm and to nothing else. */
function isOfHelm(line: string): boolean {
  return (
    /\{\{.*(?<![\w)\]])\.(?:Values|Release|Chart|Capabilities|Files)\./.test(line) ||
    /\{\{-?\s*(?:include|tpl|toYaml|required|lookup)\b/.test(line)
  );
}

/** A value that begins with braces and has no quotes is no YAML, but for a text in block style. */
function beginsValue(line: string): boolean {
  return /^\s*(?:- +)*(?:[\w./-]+: +)?\{\{/.test(line);
}

function isInText(lines: readonly string[], at: number): boolean {
  const indent = indentOf(lines[at] ?? '');
  const parent = lines.slice(0, at).findLast((line) => line.trim() !== '' && indentOf(line) < indent);
  return parent !== undefined && /[|>][-+0-9]*\s*(?:#.*)?$/.test(parent);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
