import type { Diagnostic } from '../../../toolkit/diagnostics/index.ts';
import { addressFields } from '../../../toolkit/model/index.ts';
import type { ErrorBudget, UpheldObjective } from '../../../toolkit/operate/index.ts';
import type { Plan } from '../../../toolkit/plan/index.ts';
import { budgetDiagnostics } from './diagnostics.ts';

/** An objective that a plan could harm. */
export interface ConcernedObjective {
  readonly objective: UpheldObjective;
  /** Stacks on which it depends and which the plan changes. */
  readonly changed: readonly string[];
  /** The plan makes its rules, so nothing can be measured yet. */
  readonly isNew: boolean;
}

type Changes = Pick<Plan, 'changes'>;

/** Those that are upheld by a stack that is changed, or are of items that such a stack operates. */
export function concernedObjectives(
  { changes }: Changes,
  objectives: readonly UpheldObjective[],
): readonly ConcernedObjective[] {
  const effective = changes.filter(({ change }) => change.action !== 'no-op' && change.action !== 'forget');
  const touched = new Set(effective.map(({ address }) => addressFields(address).stack));
  const created = new Set(
    effective.filter(({ change }) => change.action === 'create').map(({ address }) => String(address)),
  );
  return objectives.flatMap((objective) => {
    const depends = new Set([objective.stack, ...objective.operators]);
    const changed = [...depends].filter((stack) => touched.has(stack)).sort();
    if (changed.length === 0) return [];
    const isNew = created.has(`${objective.stack}/prometheus-rules/slo-${objective.slo.id}`);
    return [{ objective, changed, isNew }];
  });
}

/** What keeps a plan from being applied: a spent budget, or one that nobody can tell. */
export function judgeBudgets(
  concerned: readonly ConcernedObjective[],
  budgets: readonly ErrorBudget[],
): readonly Diagnostic[] {
  return concerned.flatMap(({ objective: { slo, stack, source }, changed, isNew }) => {
    const budget = budgets.find((entry) => entry.slo === slo.id && entry.stack === stack);
    const at = { position: source, subject: slo.id };
    if (budget === undefined || budget.state === 'unknown') {
      if (isNew) return [];
      const reason = budget?.reason ?? 'nobody was asked';
      return [budgetDiagnostics.create('unknown', { slo: slo.id, stack, reason }, at)];
    }
    if (budget.state === 'left') return [];
    const remaining = `${Math.round((budget.remaining ?? 0) * 100)} %`;
    return [budgetDiagnostics.create('spent', { slo: slo.id, stack, remaining, stacks: changed }, at)];
  });
}
