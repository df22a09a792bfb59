import { defineCommand } from '../arguments/command.ts';
import type { OptionValues } from '../arguments/option.ts';
import { optionalWord } from '../arguments/positional.ts';
import { applyingOptions, carryOut } from './carry-out.ts';
import { withContent } from './open-content.ts';
import { planningOptions, withEngine } from './plan-options.ts';
import { requestPlan } from './request-plan.ts';
import { applySavedPlan } from './saved-plan.ts';

const { offline: _, ...options } = planningOptions; // A plan that asked no target cannot be carried out.

/** Options that say what a plan is to hold. A saved plan holds what was approved, so none of them can change it. */
const shapingOptions = {
  stack: '--stack',
  target: '--target',
  exclude: '--exclude',
  adopt: '--adopt',
  allowDeletes: '--allow-deletes',
  targetMoved: '--target-moved',
} as const;

function planningAsked(values: Pick<OptionValues<typeof options>, keyof typeof shapingOptions>): readonly string[] {
  const names = Object.keys(shapingOptions) as (keyof typeof shapingOptions)[];
  const isAsked = (value: number | readonly string[]) => (typeof value === 'number' ? value > 0 : value.length > 0);
  return names.filter((name) => isAsked(values[name])).map((name) => shapingOptions[name]);
}

export const command = defineCommand({
  description:
    'With a plan file, carries out that plan and nothing else; refuses when the world has moved since it was made. ' +
    'Without one, plans, shows the plan, asks, and applies. Where nobody can be asked, --yes is needed.',
  positionals: { planFile: optionalWord('plan-file', 'A plan that `opsctl plan --out` wrote.', 'file') },
  options: { ...options, ...applyingOptions },
  exits: ['findings', 'refused', 'stale', 'locked', 'partial'],
  examples: [
    { line: 'opsctl apply change.plan', text: 'Carries out the saved plan, as it was approved.' },
    { line: 'opsctl apply --stack plant-1 --yes', text: 'Plans one stack and applies without asking.' },
  ],
  run: (values, asked) => {
    const session = withEngine(asked, values.engine);
    return values.planFile === null
      ? withContent(
          session,
          async (opened) => {
            const answer = await requestPlan(session, opened, { ...values, offline: false });
            if (answer.kind === 'ended') return answer.exit;
            const question = `Apply this plan to ${answer.plan.environment}? Only "yes" is a yes:`;
            return await carryOut(session, opened, answer, { ...values, question, expected: 'yes' });
          },
          { readAhead: values.stack },
        )
      : applySavedPlan(session, values.planFile, values, planningAsked(values));
  },
});
