import { defineCommand } from '../arguments/command.ts';
import { words } from '../arguments/positional.ts';
import { applyingOptions, carryOut } from './carry-out.ts';
import { withContent } from './open-content.ts';
import { planningOptions, withEngine } from './plan-options.ts';
import { requestPlan } from './request-plan.ts';

const { parallel, targetMoved, engine } = planningOptions;

export const command = defineCommand({
  description:
    'Takes over objects that are in their targets already and that no state has a record of. What differs from the ' +
    'declaration is shown and changed with the same confirmation.',
  positionals: { addresses: words('address', 'Declared addresses; `*` is any text.', 'address') },
  options: { targetMoved, engine, parallel, ...applyingOptions },
  exits: ['findings', 'refused', 'locked', 'partial'],
  examples: [
    {
      line: 'opsctl adopt plant-1/prometheus-rules/host',
      text: 'Takes over one rule file that somebody wrote by hand.',
    },
    { line: "opsctl adopt 'plant-1/*'", text: 'Takes over whatever of a plant is there already; the rest is created.' },
  ],
  run: ({ addresses, ...values }, asked) => {
    const session = withEngine(asked, values.engine);
    return withContent(session, async (opened) => {
      const wishes = {
        stack: [],
        target: addresses,
        exclude: [],
        offline: false,
        allowDeletes: 0,
        targetMoved: values.targetMoved,
        parallel: values.parallel,
        adopt: addresses,
      };
      const answer = await requestPlan(session, opened, wishes);
      if (answer.kind === 'ended') return answer.exit;
      const question = `Take these over in ${answer.plan.environment}? Only "yes" is a yes:`;
      return await carryOut(session, opened, answer, { ...values, question, expected: 'yes' });
    });
  },
});
