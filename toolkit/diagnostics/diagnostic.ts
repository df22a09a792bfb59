import type { Severity } from './severity.ts';
import { severities } from './severity.ts';
import { compareSpans, type SourceSpan } from './source-span.ts';

/**
 * One thing to tell the user about content, a target or the world. The one shape of validation, policies, rule lint,
 * drift, audit and assessment, so that the same reporters serve all. Plain JSON: it crosses the sandbox.
 */
export interface Diagnostic {
  /** `<area>/<name>` in kebab-case; never renamed once released. */
  readonly code: string;
  readonly severity: Severity;
  /** The same words for every occurrence of the code: people learn them and search for them. */
  readonly summary: string;
  /** Full sentences with the names of this occurrence. */
  readonly detail: string;
  /** Something to do. */
  readonly hint: string;
  readonly position?: SourceSpan;
  /** What it is about: an address, an item id, a target. */
  readonly subject?: string;
  readonly expected?: string;
  readonly found?: string;
  /** Standard clauses it concerns, such as `S1:7.2.3`. */
  readonly clauses?: readonly string[];
  /** A plan with this finding goes on only when a named person has approved it. */
  readonly needsApproval?: true;
  /** Who allowed it, why and until when: a finding that is waived is a notice. */
  readonly waiver?: { readonly reason: string; readonly approver: string; readonly until: string };
}

/** What an occurrence adds to the text of its code. */
export interface Occurrence {
  readonly position?: SourceSpan;
  readonly subject?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly clauses?: readonly string[];
}

/** Severity, then position, then code and text: a total order, so that reports are the same bytes each time. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(compareDiagnostics);
}

function compareDiagnostics(left: Diagnostic, right: Diagnostic): number {
  return (
    severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
    compareSpans(left.position, right.position) ||
    compareText(left.code, right.code) ||
    compareText(left.subject ?? '', right.subject ?? '') ||
    compareText(left.detail, right.detail)
  );
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
