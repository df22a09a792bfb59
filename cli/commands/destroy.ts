import { defineCommand } from '../arguments/command.ts';
import { applyingOptions, carryOut } from './carry-out.ts';
import { withContent } from './open-content.ts';
import { planningOptions, withEngine } from './plan-options.ts';
import { requestPlan } from './request-plan.ts';

// It asks the targets, and makes nothing its own first.
const { offline: _, adopt: __, ...options } = planningOptions;

export const command = defineCommand({
  description:
    'Removes what was applied: a plan against an empty desired set, shown and confirmed by the name of the environment. ' +
    'Protected objects stop it as they stop any other plan.',
  positionals: {},
  options: { ...options, ...applyingOptions },
  exits: ['findings', 'refused', 'locked', 'partial'],
  examples: [
    { line: 'opsctl destroy --stack plant-1', text: 'Removes what was applied for one control point, after asking.' },
    { line: 'opsctl destroy --environment lab --yes', text: 'Clears a laboratory without asking.' },
  ],
  run: (values, asked) => {
    const session = withEngine(asked, values.engine);
    return withContent(session, async (opened) => {
      const answer = await requestPlan(session, opened, { ...values, offline: false, adopt: [], destroy: true });
      if (answer.kind === 'ended') return answer.exit;
      const { environment } = answer.plan;
      const question = `This removes objects from ${environment}. Type the name of the environment to go on:`;
      return await carryOut(session, opened, answer, { ...values, question, expected: environment });
    });
  },
});
