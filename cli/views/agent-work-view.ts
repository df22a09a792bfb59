import { counted } from '../../toolkit/diagnostics/index.ts';
import type { WorkPlan, WorkStep } from '../../toolkit/operate/agents/plan-work.ts';
import { commandLine } from '../../toolkit/operate/agents/print-work.ts';
import type { Terminal, View } from '../output/view.ts';
import { harmless } from './harmless.ts';

/** What would be done where, in which order. Alike commands of a batch are written once. */
export const agentWorkView: View<WorkPlan> = {
  human: (plan, terminal) => {
    const { work, batches } = harmless(plan);
    const steps = batches.flatMap((batch) => batch.steps);
    if (steps.length === 0) return 'Nothing would be done.\n';
    const what = work.kind === 'update' ? `updated to ${work.to}` : 'uninstalled';
    const parts = batches.map(
      (batch) =>
        `${terminal.paint('bold', `Batch ${batch.number}`)}  ${batch.because}\n${batchLines(batch.steps, terminal)}`,
    );
    const end = `${counted(steps.length, 'agent')} would be ${what}, in ${counted(batches.length, 'batch', 'batches')}. Nothing has been run.\n`;
    return `${parts.join('\n')}\n${end}`;
  },
  events: ({ work, batches }) => [
    ...batches.flatMap(({ number, because, steps }) =>
      steps.map((step) => ({
        event: 'agent-work',
        work: work.kind,
        to: work.kind === 'update' ? work.to : null,
        batch: number,
        because,
        ...step,
        lines: step.commands.map((words) => commandLine(step, words)),
      })),
    ),
    {
      event: 'agent-work-planned',
      work: work.kind,
      batches: batches.length,
      agents: batches.flatMap(({ steps }) => steps).length,
    },
  ],
};

function batchLines(steps: readonly WorkStep[], { paint }: Terminal): string {
  const groups = Map.groupBy(steps, (step) => `${step.as}\n${linesOf(step).join('\n')}`);
  return [...groups.values()]
    .map((own) => {
      const [first] = own;
      if (first === undefined) return '';
      const machines = own.map(
        (step) => `  ${step.agent} (${step.machine}, ${step.criticality}), now ${step.from ?? 'unknown'}\n`,
      );
      const commands = linesOf(first).map((line) => paint('dim', `      ${line}\n`));
      return [...machines, ...commands].join('');
    })
    .join('');
}

function linesOf(step: WorkStep): readonly string[] {
  return step.commands.map((words) => commandLine(step, words));
}
