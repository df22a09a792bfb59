import { counted } from '../../toolkit/diagnostics/index.ts';
import type { View } from '../output/view.ts';

export interface ImportResult {
  readonly kind: 'rules' | 'dashboards' | 'alertmanager';
  /** As seen from where the command was run. */
  readonly directory: string;
  readonly files: readonly string[];
  /** What `index.ts` there exports. */
  readonly constant: string;
  /** Rules, dashboards or receivers. */
  readonly count: number;
  readonly isDry: boolean;
}

const things = { rules: 'rule', dashboards: 'dashboard', alertmanager: 'receiver' } as const;

export const importView: View<ImportResult> = {
  human: ({ kind, directory, files, constant, count, isDry }, { paint }) =>
    [
      `${isDry ? 'Would write' : 'Wrote'} ${counted(count, things[kind])} to ${directory}; compiled, they are what was read:`,
      ...files.map((file) => `  ${paint('green', '+')} ${file}`),
      '',
      'Next, in a stack:',
      `  .include(${constant}, { reason: '...', approver: '...', until: '...' })`,
      '',
    ].join('\n'),
  events: (result) => [{ event: 'import', ...result }],
};
