import { counted } from '../../toolkit/diagnostics/index.ts';
import type { View } from '../output/view.ts';

export interface GenerateResult {
  readonly file: string;
  readonly items: number;
  readonly written: boolean;
}

export const generateView: View<GenerateResult> = {
  human: ({ file, items, written }) =>
    `${written ? 'Wrote' : 'Nothing to do:'} ${file}${written ? '' : ' is up to date'}, ${counted(items, 'item')}.\n`,
  events: (result) => [{ event: 'ids', ...result }],
};
