import { counted } from '../../toolkit/diagnostics/index.ts';
import type { View } from '../output/view.ts';

export interface SyntheticSummary {
  readonly directory: string;
  readonly files: number;
  readonly resources: number;
  readonly seed: number;
  /** How the program is called there. */
  readonly program: string;
}

export const syntheticView: View<SyntheticSummary> = {
  human: ({ directory, files, resources, seed, program }) =>
    `Wrote an organisation of ${counted(resources, 'resource')} (seed ${seed}) as ${counted(files, 'file')}.\nNext: ${program} plan --directory ${directory}\n`,
  events: ({ program: _, ...summary }) => [{ event: 'generated', ...summary }],
};
