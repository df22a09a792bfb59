import type { View } from '../output/view.ts';

export interface SyntheticSummary {
  readonly directory: string;
  readonly files: number;
  readonly resources: number;
  readonly seed: number;
}

export const syntheticView: View<SyntheticSummary> = {
  human: ({ directory, files, resources, seed }) =>
    `Wrote an organisation of ${resources} resources (seed ${seed}) as ${files} files.\nNext: opsctl plan --directory ${directory}\n`,
  events: (summary) => [{ event: 'generated', ...summary }],
};
