import { counted } from '../../toolkit/diagnostics/index.ts';
import type { View } from '../output/view.ts';

export interface RenderSummary {
  readonly directory: string;
  readonly files: readonly string[];
  readonly resources: number;
}

export const renderView: View<RenderSummary> = {
  human: ({ directory, files, resources }, { isVerbose }) =>
    [
      ...(isVerbose ? files.map((file) => `  ${file}`) : []),
      `Wrote ${counted(resources, 'resource')} as ${counted(files.length, 'file')} below ${directory}.`,
      '',
    ].join('\n'),
  events: (summary) => [{ event: 'rendered', ...summary }],
};
