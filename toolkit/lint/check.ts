import type { Severity } from '../diagnostics/index.ts';
import type { Span } from '../languages/promql/index.ts';
import type { ExpressionIndex } from './expression-index.ts';
import type { LintContext } from './lint-context.ts';
import type { AlertmanagerFile, DashboardFile, Located, Rule, RuleFile, RuleGroup } from './lint-input.ts';

/** One thing that is looked for: what people read about it, two examples that a test runs, and the code that finds it. */
export type Check = CheckText & Judgement;

interface CheckText {
  /** Kebab-case, never renamed once released; a finding has the code `lint/<code>`. */
  readonly code: string;
  /** `notice` for advice: what is right for some, or cannot be told for certain without a server. */
  readonly severity: Severity;
  /** What is wrong, the same words for each occurrence. */
  readonly summary: string;
  /** What goes wrong where it is left. */
  readonly why: string;
  readonly hint: string;
  /** Rules (`- alert: ...`), or whole documents with `---` between them. */
  readonly bad: string;
  readonly good: string;
}

type Judgement =
  /** Any expression of a rule or a panel; what it says depends on the expression and its use alone. */
  | { readonly about: 'expression'; readonly judge: (index: ExpressionIndex, context: LintContext) => Problems }
  | { readonly about: 'rule'; readonly judge: (rule: Rule, context: LintContext) => Problems }
  | { readonly about: 'group'; readonly judge: (group: RuleGroup, context: LintContext) => Problems }
  | { readonly about: 'rule-file'; readonly judge: (file: RuleFile, context: LintContext) => Problems }
  | { readonly about: 'alertmanager'; readonly judge: (file: AlertmanagerFile, context: LintContext) => Problems }
  | { readonly about: 'dashboard'; readonly judge: (dashboard: DashboardFile, context: LintContext) => Problems }
  /** What can be seen in all files together only; each problem says where it is. */
  | { readonly about: 'everything'; readonly judge: (context: LintContext) => readonly PlacedProblem[] };

export type Problems = readonly Problem[];

export interface Problem {
  /** One or two full sentences with the names of this occurrence. */
  readonly text: string;
  /** Below what is judged, such as `/labels/severity`; absent: the thing itself. */
  readonly pointer?: string;
  /** Point at the name of the field and not at what it holds. */
  readonly at?: 'key';
  /** A part of the expression. */
  readonly span?: Span;
  readonly expected?: string;
  readonly found?: string;
  /** What is to stand instead of a part of the expression. */
  readonly fix?: ExpressionFix;
}

export interface PlacedProblem extends Problem {
  readonly place: Located;
}

export interface ExpressionFix {
  readonly span: Span;
  readonly text: string;
}
