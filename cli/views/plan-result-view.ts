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
    const approvals = unapproved(plan);
    const needed = approvals.length === 0 ? '' : `! Needs an approval: ${approvals.join(', ')}.\n`;
    const shown = `${planView.human(plan, terminal)}${needed}`;
    if (file === null) return shown;
    const approval = approvals.length === 0 ? '' : ' --approved-by PERSON';
    return `${shown}Saved to ${file}. Carry out exactly this plan with: opsctl apply ${file}${approval}\n`;
  },
  events({ plan, file }) {
    const events = planView.events(plan);
    return file === null ? events : [...events, { event: 'saved', file, digest: plan.digest }];
  },
};

/** Codes of the findings for which a policy wants somebody's approval. */
function unapproved({ findings }: Plan): readonly string[] {
  return [...new Set(findings.filter(({ needsApproval }) => needsApproval === true).map(({ code }) => code))];
}
