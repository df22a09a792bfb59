import type { Refire } from '../../toolkit/operate/index.ts';
import { isEmptyPlan, isExecutable, type Plan } from '../../toolkit/plan/index.ts';
import type { Terminal, View } from '../output/view.ts';
import { planViewWith } from './plan-view.ts';
import { wrapText } from './wrap-text.ts';

export interface PlanResult {
  readonly plan: Plan;
  /** What it would do to alerts that are active now. */
  readonly refires?: readonly Refire[];
  /** Where it was saved; null when it was not. */
  readonly file: string | null;
  /** Shown by a command that goes on to carry it out, so that nobody has to be told how. */
  readonly isCarriedOut?: boolean;
}

/** The plan, and what to do with it: who has to approve it, and the next command. */
export const planResultView: View<PlanResult> = {
  human: (result, terminal) =>
    [
      planViewWith(result.refires ?? [])
        .human(result.plan, terminal)
        .trimEnd(),
      ...approvalLines(result.plan, terminal),
      ...nextLines(result, terminal),
      '',
    ].join('\n'),
  events({ plan, refires = [], file }) {
    const events = planViewWith(refires).events(plan);
    return file === null ? events : [...events, { event: 'saved', file, digest: plan.digest }];
  },
};

function approvalLines(plan: Plan, { width, paint }: Terminal): readonly string[] {
  const codes = unapproved(plan);
  if (codes.length === 0) return [];
  const text = `Needs an approval: ${codes.join(', ')}. Whoever approves it approves this digest, and is named with --approved-by when it is applied.`;
  const [first = '', ...rest] = wrapText(text, width, '  ');
  return [`${paint('red', '!')} ${first.trimStart()}`, ...rest];
}

function nextLines({ plan, file, isCarriedOut }: PlanResult, { width }: Terminal): readonly string[] {
  const saved = file === null ? [] : [`Saved to ${file}.`];
  if (isCarriedOut === true) return saved;
  const text = [...saved, ...nextStep(plan, file)].join(' ');
  // A command to copy stays on one line.
  return text === '' || file !== null ? [text].filter((line) => line !== '') : wrapText(text, width, '', '  ');
}

function nextStep(plan: Plan, file: string | null): readonly string[] {
  if (plan.offline) return ['To carry it out, plan again without --offline.'];
  if (!isExecutable(plan)) return ['Next: settle what stops it, and plan again.'];
  if (isEmptyPlan(plan)) return file === null ? [] : ['There is nothing to carry out.'];
  const approval = unapproved(plan).length === 0 ? '' : ' --approved-by PERSON';
  if (file !== null) return [`Carry out exactly this plan with: opsctl apply ${file}${approval}`];
  return [`Next: opsctl plan --out FILE saves it for review; opsctl apply${approval} plans anew, asks and applies.`];
}

/** Codes of the findings for which a policy wants somebody's approval. */
function unapproved({ findings }: Plan): readonly string[] {
  return [...new Set(findings.filter(({ needsApproval }) => needsApproval === true).map(({ code }) => code))];
}
