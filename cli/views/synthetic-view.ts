import { counted } from '../../toolkit/diagnostics/index.ts';
import type { View } from '../output/view.ts';

export interface SyntheticSummary {
  readonly directory: string;
  readonly files: number;
  readonly resources: number;
  readonly seed: number;
}

export const syntheticView: View<SyntheticSummary> = {
  human: ({ directory, files, resources, seed }) =>
    `Wrote an organisation of ${counted(resources, 'resource')} (seed ${seed}) as ${counted(files, 'file')}.\nNext: opsctl plan --directory ${directory}\n`,
  events: (summary) => [{ event: 'generated', ...summary }],
};
