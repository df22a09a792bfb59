import type { Plan } from '../../toolkit/plan/index.ts';
import type { View } from '../output/view.ts';
import { planView } from './plan-view.ts';

export interface PlanResult {
  readonly plan: Plan;
  /** Where it was saved; null when it was not. */
  readonly file: string | null;
}

/** The plan, and what to do with it. */
export const planResultView: View<PlanResult> = {
  human({ plan, file }, terminal) {
    const shown = planView.human(plan, terminal);
    return file === null ? shown : `${shown}Saved to ${file}. Carry out exactly this plan with: opsctl apply ${file}\n`;
  },
  events({ plan, file }) {
    const events = planView.events(plan);
    return file === null ? events : [...events, { event: 'saved', file, digest: plan.digest }];
  },
};
