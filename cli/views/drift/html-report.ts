import { harmless } from '../harmless.ts';
import { type AuditSection, auditSections, auditTitle } from './audit-sections.ts';
import type { AuditInput } from './audit-view.ts';

/** One file without anything from elsewhere: it is kept as evidence and opened where there is no network. */
export function htmlReport(input: AuditInput): string {
  const audit = harmless(input);
  const title = escapeHtml(auditTitle(audit));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<h1>${title}</h1>`,
    ...auditSections(audit).flatMap(printSection),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const style = [
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1a1a1a;background:#fff}',
  'h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}',
  'table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;vertical-align:top}',
  'th{background:#f0f0f0}td{overflow-wrap:anywhere;white-space:pre-wrap}',
].join('');

function printSection({ title, text, table }: AuditSection): readonly string[] {
  const lines = [`<h2>${escapeHtml(title)}</h2>`, `<p>${escapeHtml(text)}</p>`];
  if (table === null) return lines;
  const row = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return [...lines, '<table>', row(table.head, 'th'), ...table.rows.map((cells) => row(cells, 'td')), '</table>'];
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
