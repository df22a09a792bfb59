import { counted } from '../../toolkit/diagnostics/index.ts';
import type { RepairReport } from '../../toolkit/engine/state/repair-state.ts';
import type { View } from '../output/view.ts';
import { harmless } from './harmless.ts';

export interface StackRepair extends RepairReport {
  readonly stack: string;
}

export const repairView: View<StackRepair> = {
  human(repair, { paint }) {
    const { stack, steps, kept, resources } = harmless(repair);
    return [
      `${paint('bold', stack)}: ${counted(resources, 'managed object')}.`,
      ...steps.map((step) => `  ${step}`),
      ...kept.map((file) => `  Kept aside: ${file}`),
      '',
    ].join('\n');
  },
  events: (repair) => [{ event: 'repaired', ...repair }],
};
