import { parseDay } from '../model/day.ts';

/** A comment that lets a finding pass: `# opsctl-lint: disable=for-missing until=2027-03-31 reason=...`. */
export interface LintWaiver {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly codes: readonly string[];
  readonly until: string | null;
  readonly approver: string | null;
  readonly reason: string;
  /** Lines that it speaks for, both included. */
  readonly from: number;
  readonly to: number;
}

const comment = /(?:#|\/\/)\s*opsctl-lint:\s*(.*)$/;

/**
 * Finds the waivers of a file. One that stands above everything else speaks for the file; one on a line of its own for the
 * block below it, as far as it is indented deeper; one behind something for the block that begins on its line.
 */
export function findWaivers(text: string, file: string): readonly LintWaiver[] {
  if (!text.includes('opsctl-lint:')) return [];
  const lines = text.split('\n');
  const firstContent = lines.findIndex((line) => !isIdle(line));
  return lines.flatMap((line, index) => {
    const match = comment.exec(line);
    if (match === null) return [];
    const range = index < firstContent ? { from: 1, to: lines.length } : blockAt(lines, index);
    return [{ file, line: index + 1, column: match.index + 1, ...readTerms(match[1] ?? ''), ...range }];
  });
}

/** Blank, or a comment alone. */
function isIdle(line: string): boolean {
  return /^\s*(?:#|\/\/|\*|\/\*|---\s*$|$)/.test(line);
}

function blockAt(lines: readonly string[], index: number): { readonly from: number; readonly to: number } {
  let start = index;
  while (start < lines.length && isIdle(lines[start] ?? '')) start += 1;
  const indentation = indentationOf(lines[start] ?? '');
  let end = start;
  for (let next = start + 1; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (line.trim() === '') continue;
    // A closing bracket belongs to what it closes.
    if (indentationOf(line) < indentation || (indentationOf(line) === indentation && !/^\s*[)\]}]/.test(line))) break;
    end = next;
  }
  return { from: index + 1, to: end + 1 };
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}

function readTerms(terms: string): Pick<LintWaiver, 'codes' | 'until' | 'approver' | 'reason'> {
  const value = (name: string) => new RegExp(`\\b${name}=(\\S+)`).exec(terms)?.[1] ?? null;
  return {
    codes: (value('disable') ?? '').split(',').filter((code) => code !== ''),
    until: value('until'),
    approver: value('by'),
    reason:
      /\breason=(.*)$/
        .exec(terms)?.[1]
        ?.trim()
        .replace(/^"(.*)"$/, '$1') ?? '',
  };
}

export type WaiverFault = 'no-codes' | 'no-reason' | 'no-end' | 'expired' | 'unknown-code';

/** Why a waiver lets nothing pass; null for one in force. */
export function faultOf(waiver: LintWaiver, today: string, known: (code: string) => boolean): WaiverFault | null {
  if (waiver.codes.length === 0) return 'no-codes';
  if (waiver.codes.some((code) => !known(code))) return 'unknown-code';
  if (waiver.reason === '') return 'no-reason';
  if (waiver.until === null || parseDay(waiver.until) === null) return 'no-end';
  return waiver.until < today ? 'expired' : null;
}
