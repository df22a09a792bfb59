import { harmless } from '../harmless.ts';
import { type AuditSection, auditSections, auditTitle } from './audit-sections.ts';
import type { AuditInput } from './audit-view.ts';

export function markdownReport(input: AuditInput): string {
  const audit = harmless(input);
  return [`# ${escapeCell(auditTitle(audit))}`, '', ...auditSections(audit).flatMap(printSection)].join('\n');
}

function printSection({ title, text, table }: AuditSection): readonly string[] {
  const lines = [`## ${title}`, '', text, ''];
  if (table === null) return lines;
  const row = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [...lines, row(table.head), `|${' --- |'.repeat(table.head.length)}`, ...table.rows.map(row), ''];
}

/** Text of targets must neither break the table nor become markup. */
function escapeCell(text: string): string {
  return text.replaceAll(/[\\`*_[\]<|&]/g, (character) => `\\${character}`).replaceAll('\n', '<br>');
}
