import { resolve } from 'node:path';
import { writeFileAtomically } from '../../../toolkit/host/atomic-write.ts';
import { serialisePlan } from '../../../toolkit/plan/index.ts';
import type { ExitName } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { planResultView } from '../../views/plan-result-view.ts';
import type { Begun } from '../begin-sandbox.ts';
import { withContent } from '../open-content.ts';
import { type PlanningValues, withEngine } from '../plan-options.ts';
import { exitOfPlan, requestPlan } from '../request-plan.ts';

export interface PlanValues extends PlanningValues {
  /** Where to save the plan; null: nowhere. */
  readonly out: string | null;
  readonly detailedExitcode: boolean;
}

export async function runPlan(values: PlanValues, asked: Session, begun: Begun): Promise<ExitName> {
  const session = withEngine(asked, values.engine);
  return await withContent(
    session,
    async (opened) => {
      const answer = await requestPlan(session, opened, values);
      if (answer.kind === 'ended') return answer.exit;
      const { plan, refires } = answer;
      const file = values.out === null ? null : resolve(session.io.cwd, values.out);
      // Only its owner may read it: what is declared may be confidential, though no secret is in it.
      if (file !== null) await writeFileAtomically(file, serialisePlan(plan), { mode: 0o600 });
      session.show(planResultView, { plan, refires, file: values.out });
      return exitOfPlan(plan, session, values.detailedExitcode);
    },
    { begun, ...(values.offline ? {} : { readAhead: values.stack }) },
  );
}
