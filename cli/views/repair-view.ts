import type { RepairReport } from '../../toolkit/engine/state/repair-state.ts';
import type { View } from '../output/view.ts';

export interface StackRepair extends RepairReport {
  readonly stack: string;
}

export const repairView: View<StackRepair> = {
  human: ({ stack, steps, kept, resources }, { paint }) =>
    [
      `${paint('bold', stack)}: ${resources} managed objects.`,
      ...steps.map((step) => `  ${step}`),
      ...kept.map((file) => `  Kept aside: ${file}`),
      '',
    ].join('\n'),
  events: (repair) => [{ event: 'repaired', ...repair }],
};
