import { describePeriod } from '../../toolkit/compile/slos/index.ts';
import type { ErrorBudget } from '../../toolkit/operate/index.ts';
import type { Terminal, View } from '../output/view.ts';
import { harmless } from './harmless.ts';
import { percent } from './slo-list-view.ts';

/** The emptiest first: that is where somebody has to act. */
export const sloStatusView: View<readonly ErrorBudget[]> = {
  human: (budgets, { paint }) => {
    if (budgets.length === 0) return 'No stack upholds an objective.\n';
    const sorted = [...harmless(budgets)].sort((left, right) => rank(left) - rank(right));
    return sorted.map((budget) => `${budgetLine(budget, paint)}\n`).join('');
  },
  events: (budgets) => budgets.map(budgetEvent),
};

export function budgetEvent(budget: ErrorBudget) {
  return { event: 'error-budget', ...budget };
}

const marks = {
  left: ['green', 'ok'],
  spent: ['red', '!!'],
  unknown: ['yellow', '?'],
} as const;

export function budgetLine(budget: ErrorBudget, paint: Terminal['paint']): string {
  const { slo, stack, objective, window, state, attained, remaining, reason } = budget;
  const [style, mark] = marks[state];
  const head = `${paint(style, mark.padEnd(3))} ${slo} (${stack})`;
  if (remaining === null) return `${head}: not known, ${reason}`;
  const reached =
    attained === null ? '' : `${percent(attained)} of ${percent(objective)} over ${describePeriod(window)}, `;
  return `${head}: ${reached}${percent(remaining)} of the error budget left${burning(budget)}`;
}

/** Only what burns faster than allowed is worth a word. */
function burning({ burn }: ErrorBudget): string {
  const fast = Object.entries(burn).filter(([, rate]) => rate > 1);
  if (fast.length === 0) return '';
  return `; burns ${fast.map(([window, rate]) => `${Number(rate.toPrecision(3))}x over ${window}`).join(', ')}`;
}

function rank({ remaining }: ErrorBudget): number {
  return remaining ?? Number.NEGATIVE_INFINITY;
}
