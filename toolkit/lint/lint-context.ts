import type { Dialect, ParsedExpression, Selector } from '../languages/promql/index.ts';
import type { ExpressionIndex, ExpressionUse } from './expression-index.ts';
import type { LintInput, Rule, RuleFile } from './lint-input.ts';
import { createExpressionReader } from './read-expressions.ts';

/** What the caller knows beside the files. */
export interface LintFacts {
  readonly dialect: Dialect;
  /** Day of the judgement, `2027-03-31`: waivers end. */
  readonly today: string;
  /** Null: what the Prometheus configurations among the files say, if there are any. */
  readonly scrapeIntervalMs: number | null;
  readonly retentionMs: number | null;
  /** Within which time a critical alert has to be told; absent or null: an hour. */
  readonly tellWithinMs?: number | null;
}

/** What a check may ask besides what it is given. */
export interface LintContext {
  readonly input: LintInput;
  readonly facts: LintFacts;
  readonly rules: readonly Rule[];
  /** Alerts that Alertmanager gets, those of other control points included. */
  readonly heardAlerts: readonly Rule[];
  /** Null where Prometheus would refuse the expression. */
  indexOf(text: string, use: ExpressionUse): ExpressionIndex | null;
  parse(text: string): ParsedExpression;
  /** How far samples of a selector lie apart; null where nobody says. */
  scrapeIntervalOf(selector: Selector): number | null;
  /** How long samples are kept; null where nobody says. */
  readonly retentionMs: number | null;
  /** Labels that every Prometheus adds when it sends; null where no Prometheus is among the files. */
  readonly externalLabels: Readonly<Record<string, string>> | null;
  /** Names of the series that the rules record. */
  readonly recorded: ReadonlyMap<string, readonly Rule[]>;
}

export function makeContext(input: LintInput, facts: LintFacts): LintContext {
  const { parse, indexOf } = createExpressionReader(facts.dialect);
  const rules = rulesOf(input.ruleFiles);
  const retentions = input.prometheuses.flatMap(({ retentionMs }) => retentionMs ?? []);
  return {
    input,
    facts,
    rules,
    heardAlerts: [...rules, ...rulesOf(input.heard)].filter(({ kind }) => kind === 'alert'),
    parse,
    indexOf,
    scrapeIntervalOf: intervalFinder(input, facts),
    retentionMs: facts.retentionMs ?? (retentions.length === 0 ? null : Math.max(...retentions)),
    externalLabels: externalLabelsOf(input),
    recorded: Map.groupBy(
      rules.filter(({ kind }) => kind === 'record'),
      ({ name }) => name,
    ),
  };
}

function rulesOf(files: readonly RuleFile[]): readonly Rule[] {
  return files.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
}

/** Of the job that is selected by name, where one is; else the shortest, so that nobody is warned for nothing. */
function intervalFinder({ prometheuses }: LintInput, { scrapeIntervalMs }: LintFacts): LintContext['scrapeIntervalOf'] {
  const globals = prometheuses.map((prometheus) => prometheus.scrapeIntervalMs);
  const every = prometheuses.flatMap(({ jobs, scrapeIntervalMs: global }) =>
    jobs.size > 0 ? [...jobs.values()] : [global],
  );
  const shortest = every.length === 0 ? null : Math.min(...every, ...globals);
  return ({ matchers }) => {
    const job = matchers.find(({ label, operator }) => label === 'job' && operator === '=')?.value;
    const intervals = prometheuses.flatMap(({ jobs }) => (job === undefined ? [] : (jobs.get(job) ?? [])));
    if (intervals.length > 0) return Math.max(...intervals);
    return scrapeIntervalMs ?? shortest;
  };
}

function externalLabelsOf({ prometheuses }: LintInput): Readonly<Record<string, string>> | null {
  if (prometheuses.length === 0) return null;
  return Object.assign({}, ...prometheuses.map(({ externalLabels }) => externalLabels)) as Record<string, string>;
}
