import { counted, type Diagnostic } from '../diagnostics/index.ts';
import type { LintFinding } from './lint.ts';
import { lintDiagnostics, waiverDiagnostics } from './lint-diagnostics.ts';
import { faultOf, findWaivers, type LintWaiver } from './waivers.ts';

export interface WaivedFindings {
  /** What is waived is a notice that says by whom and until when. */
  readonly findings: readonly LintFinding[];
  /** About the waivers themselves. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Holds findings against the comments in the files that they are in. */
export function applyWaivers(
  findings: readonly LintFinding[],
  texts: ReadonlyMap<string, string>,
  today: string,
): WaivedFindings {
  const waivers = [...texts].flatMap(([file, text]) => findWaivers(text, file));
  const faults = waivers.map((waiver) => faultOf(waiver, today, isKnown));
  const valid = Map.groupBy(
    waivers.filter((_, index) => faults[index] === null),
    ({ file }) => file,
  );
  const used = new Set<LintWaiver>();
  const judged = findings.map((finding) => {
    const waiver = valid.get(finding.diagnostic.position?.file ?? '')?.find((candidate) => covers(candidate, finding));
    if (waiver === undefined) return finding;
    used.add(waiver);
    return { diagnostic: waived(finding.diagnostic, waiver), edit: null };
  });
  const wrong = waivers.flatMap((waiver, index) => tellFault(waiver, faults[index] ?? null, used));
  return {
    findings: judged,
    diagnostics: [...wrong, ...[...texts].flatMap(([file, text]) => pintComments(text, file))],
  };
}

function isKnown(code: string): boolean {
  return code.includes('/') || code in lintDiagnostics.definitions;
}

function covers({ codes, from, to }: LintWaiver, { diagnostic }: LintFinding): boolean {
  const line = diagnostic.position?.line ?? 0;
  const { code } = diagnostic;
  return line >= from && line <= to && codes.some((named) => named === code || `lint/${named}` === code);
}

function waived(diagnostic: Diagnostic, { reason, until, approver }: LintWaiver): Diagnostic {
  const waiver = { reason, approver: approver ?? 'the author of the comment', until: until ?? '' };
  const detail = `${diagnostic.detail} Let pass until ${waiver.until} by ${waiver.approver}: ${reason}`;
  return { ...diagnostic, severity: 'notice', detail, waiver };
}

function tellFault(
  waiver: LintWaiver,
  fault: ReturnType<typeof faultOf>,
  used: ReadonlySet<LintWaiver>,
): readonly Diagnostic[] {
  const { file, line, column, until } = waiver;
  if (fault === null && used.has(waiver)) return [];
  const facts = { codes: waiver.codes.join(', '), until: until ?? '' };
  return [waiverDiagnostics.create(fault ?? 'unused', facts, { position: { file, line, column } })];
}

/** pint's comments switch off its own checks, whose limits are others: what they say is shown and not taken over. */
function pintComments(text: string, file: string): readonly Diagnostic[] {
  if (!text.includes('# pint ')) return [];
  const found = [...text.matchAll(/#\s*pint\s+(?:disable|snooze|ignore\/\S+|file\/\S+)/g)];
  const [first] = found;
  if (first === undefined) return [];
  const before = text.slice(0, first.index).split('\n');
  const position = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return [waiverDiagnostics.create('pint-comment', { count: counted(found.length, 'comment') }, { position })];
}
