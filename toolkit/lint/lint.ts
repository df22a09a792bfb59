import type { Diagnostic, Severity } from '../diagnostics/index.ts';
import { describeProblem } from '../languages/promql/index.ts';
import type { Check, PlacedProblem, Problem } from './check.ts';
import type { ExpressionIndex } from './expression-index.ts';
import { type LintContext, type LintFacts, makeContext } from './lint-context.ts';
import { lintDiagnostics } from './lint-diagnostics.ts';
import type { LintInput, Located, Rule } from './lint-input.ts';
import { type PanelQuery, panelQuery } from './panel-query.ts';
import { checks } from './registry.ts';
import { offsetsInFile, placeInExpression } from './written-expression.ts';

export interface LintFinding {
  readonly diagnostic: Diagnostic;
  readonly edit: TextEdit | null;
}

/** A part of a file to write anew. */
export interface TextEdit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface LintRequest extends LintFacts {
  readonly isWanted: (code: string) => boolean;
  readonly severities: ReadonlyMap<string, Severity>;
}

/** Judges everything at once. Pure: the same input gives the same findings. */
export function lint(input: LintInput, request: LintRequest): readonly LintFinding[] {
  const context = makeContext(input, request);
  const wanted = checks.filter(({ code }) => request.isWanted(code));
  const run: Run = { context, request, wanted: groupChecks(wanted), expressions: new Map(), findings: [] };
  for (const file of input.ruleFiles) {
    for (const check of run.wanted['rule-file']) tellAll(run, check, file, check.judge(file, context));
    for (const group of file.groups) {
      for (const check of run.wanted.group) tellAll(run, check, group, check.judge(group, context));
      for (const rule of group.rules) judgeRule(run, rule);
    }
  }
  for (const file of input.alertmanagers)
    for (const check of run.wanted.alertmanager) tellAll(run, check, file, check.judge(file, context));
  for (const dashboard of input.dashboards) {
    for (const check of run.wanted.dashboard) tellAll(run, check, dashboard, check.judge(dashboard, context));
    for (const panel of dashboard.panels) for (const target of panel.targets) judgeTarget(run, panelQuery(target));
  }
  for (const check of run.wanted.everything)
    for (const problem of check.judge(context)) tell(run, check, problem.place, problem);
  return run.findings;
}

interface Run {
  readonly context: LintContext;
  readonly request: LintRequest;
  readonly wanted: ChecksByKind;
  /** What the checks of expressions said, by use and text. */
  readonly expressions: Map<ExpressionIndex, readonly (readonly [Check, Problem])[]>;
  readonly findings: LintFinding[];
}

type ChecksByKind = { readonly [Kind in Check['about']]: readonly Extract<Check, { about: Kind }>[] };

function groupChecks(wanted: readonly Check[]): ChecksByKind {
  const of = <Kind extends Check['about']>(kind: Kind) =>
    wanted.filter((check): check is Extract<Check, { about: Kind }> => check.about === kind);
  return {
    expression: of('expression'),
    rule: of('rule'),
    group: of('group'),
    'rule-file': of('rule-file'),
    alertmanager: of('alertmanager'),
    dashboard: of('dashboard'),
    everything: of('everything'),
  };
}

function judgeRule(run: Run, rule: Rule): void {
  judgeExpression(run, rule, `${rule.pointer}/expr`, rule.expression, rule.kind);
  for (const check of run.wanted.rule) tellAll(run, check, rule, check.judge(rule, run.context));
}

function judgeTarget(run: Run, query: PanelQuery | null): void {
  if (query === null) return;
  const { target, expressions } = query;
  const parsed = expressions.find((text) => run.context.parse(text).kind === 'parsed') ?? expressions[0] ?? '';
  judgeExpression(run, target, `${target.pointer}/expr`, parsed, 'panel', target.expression);
}

function judgeExpression(
  run: Run,
  place: Located,
  pointer: string,
  text: string,
  use: ExpressionIndex['use'],
  written: string = text,
): void {
  const index = run.context.indexOf(text, use);
  const { document } = place;
  if (index === null) {
    tellRefused(run, place, pointer, text, written);
    return;
  }
  for (const [check, problem] of expressionProblems(run, index)) {
    const position =
      problem.span === undefined ? undefined : placeInExpression(document, pointer, written, problem.span);
    const diagnostic = describe(run, check, place, { pointer: pointer.slice(place.pointer.length), ...problem });
    const edit = written === text ? editOf(place, pointer, text, problem) : null;
    run.findings.push({ diagnostic: position === undefined ? diagnostic : { ...diagnostic, position }, edit });
  }
}

function expressionProblems(run: Run, index: ExpressionIndex): readonly (readonly [Check, Problem])[] {
  const known = run.expressions.get(index);
  if (known !== undefined) return known;
  const problems: (readonly [Check, Problem])[] = [];
  for (const check of run.wanted.expression)
    for (const problem of check.judge(index, run.context)) problems.push([check, problem]);
  run.expressions.set(index, problems);
  return problems;
}

/** The codes of the parser are codes of the linter too: `promql/syntax`. */
function tellRefused(run: Run, place: Located, pointer: string, text: string, written: string): void {
  const parsed = run.context.parse(text);
  if (parsed.kind === 'parsed') return;
  for (const problem of parsed.problems) {
    if (!run.request.isWanted(`promql/${problem.code}`)) continue;
    const position = placeInExpression(place.document, pointer, written, problem.span);
    const diagnostic = describeProblem(problem, { position, ...subjectOf(place, place.pointer) });
    run.findings.push({ diagnostic: withSeverity(run, diagnostic.code, diagnostic), edit: null });
  }
}

function tellAll(run: Run, check: Check, place: Located, problems: readonly Problem[]): void {
  for (const problem of problems) tell(run, check, place, problem);
}

function tell(run: Run, check: Check, place: Located, problem: Problem | PlacedProblem): void {
  const diagnostic = describe(run, check, place, problem);
  if (problem.span === undefined || !('expression' in place) || typeof place.expression !== 'string') {
    run.findings.push({ diagnostic, edit: null });
    return;
  }
  const pointer = `${place.pointer}/expr`;
  const position = placeInExpression(place.document, pointer, place.expression, problem.span);
  run.findings.push({
    diagnostic: { ...diagnostic, position },
    edit: editOf(place, pointer, place.expression, problem),
  });
}

function describe(run: Run, check: Check, place: Located, problem: Problem): Diagnostic {
  const { document } = place;
  const pointer = place.pointer + (problem.pointer ?? '');
  const position = problem.at === 'key' ? document.keyPositionOf(pointer) : document.positionOf(pointer);
  const diagnostic = lintDiagnostics.create(check.code, problem.text, {
    position: startOf(position),
    ...subjectOf(place, pointer),
    ...(problem.expected === undefined ? {} : { expected: problem.expected }),
    ...(problem.found === undefined ? {} : { found: problem.found }),
  });
  return withSeverity(run, check.code, diagnostic);
}

/** Where a whole rule is meant, its end says nothing and would colour pages in an editor. */
function startOf(position: Diagnostic['position'] & {}): Diagnostic['position'] & {} {
  if (position.endLine === undefined || position.endLine === position.line) return position;
  const { file, line, column } = position;
  return { file, line, column };
}

function subjectOf({ document, ...place }: Located, pointer: string): { readonly subject?: string } {
  const subject =
    document.subjectOf(pointer) ?? ('name' in place && typeof place.name === 'string' ? place.name : null);
  return subject === null || subject === '' ? {} : { subject };
}

function withSeverity(run: Run, code: string, diagnostic: Diagnostic): Diagnostic {
  const severity = run.request.severities.get(code);
  return severity === undefined ? diagnostic : { ...diagnostic, severity };
}

function editOf({ document }: Located, pointer: string, text: string, { fix }: Problem): TextEdit | null {
  if (fix === undefined || document.isEmbedded === true) return null;
  const range = offsetsInFile(document, pointer, text, fix.span);
  return range === null ? null : { file: document.file, ...range, text: fix.text };
}
