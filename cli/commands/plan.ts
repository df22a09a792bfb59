import { resolve } from 'node:path';
import { writeFileAtomically } from '../../toolkit/host/atomic-write.ts';
import { serialisePlan } from '../../toolkit/plan/index.ts';
import { defineCommand } from '../arguments/command.ts';
import { text } from '../arguments/option.ts';
import { planResultView } from '../views/plan-result-view.ts';
import { withContent } from './open-content.ts';
import { detailedExitCode, planningOptions } from './plan-options.ts';
import { exitOfPlan, requestPlan } from './request-plan.ts';

export const command = defineCommand({
  description:
    'Compares what is declared with what was last applied and with what the targets hold, and shows what apply would ' +
    'do. Writes nothing but the plan file. A saved plan is what gets approved: apply carries out that one, or refuses.',
  positionals: {},
  options: {
    ...planningOptions,
    out: text('--out <file>', 'Save the plan for `opsctl apply FILE`.', { completion: 'file' }),
    detailedExitcode: detailedExitCode,
  },
  exits: ['changes', 'findings', 'refused'],
  examples: [
    { line: 'opsctl plan --out change.plan', text: 'Plans everything and saves the plan for review.' },
    {
      line: 'opsctl plan --offline --stack plant-1',
      text: 'One stack, against the recorded state: for a pull request.',
    },
  ],
  run: (values, session) =>
    withContent(session, async (opened) => {
      const answer = await requestPlan(session, opened, values);
      if (answer.kind === 'ended') return answer.exit;
      const { plan } = answer;
      const file = values.out === null ? null : resolve(session.io.cwd, values.out);
      // Only its owner may read it: what is declared may be confidential, though no secret is in it.
      if (file !== null) await writeFileAtomically(file, serialisePlan(plan), { mode: 0o600 });
      session.show(planResultView, { plan, file: values.out });
      return exitOfPlan(plan, session, values.detailedExitcode);
    }),
});
