import type { ErrorBudget } from '../../toolkit/operate/index.ts';
import type { View } from '../output/view.ts';
import { harmless } from './harmless.ts';
import { budgetEvent, budgetLine } from './slo-status-view.ts';

export interface GateResult {
  /** Name of the file. */
  readonly plan: string;
  readonly digest: string;
  /** Of the objectives that the plan concerns. */
  readonly budgets: readonly ErrorBudget[];
  readonly isOpen: boolean;
  readonly emergency: string | null;
}

export const sloGateView: View<GateResult> = {
  human: (result, { paint }) => {
    const { plan, digest, budgets, isOpen, emergency } = harmless(result);
    const why = emergency === null ? '' : ` as an emergency: ${emergency}`;
    const verdict = isOpen ? paint('green', `Open${why}`) : paint('red', 'Refused');
    const none = budgets.length === 0 ? ['No objective depends on what the plan changes.'] : [];
    const lines = [...budgets.map((budget) => budgetLine(budget, paint)), ...none, `${verdict}: ${plan}, ${digest}.`];
    return lines.map((line) => `${line}\n`).join('');
  },
  events: ({ budgets, ...gate }) => [...budgets.map(budgetEvent), { event: 'error-budget-gate', ...gate }],
};
