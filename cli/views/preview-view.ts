import { counted } from '../../toolkit/diagnostics/index.ts';
import type { DashboardPreview } from '../../toolkit/operate/dashboards/index.ts';
import type { View } from '../output/view.ts';
import { harmless } from './harmless.ts';

/** What was drawn, and what is missing in it: an empty panel is worth a look before somebody needs it. */
export const previewView: View<readonly WrittenPreview[]> = {
  human: (written, { paint }) =>
    harmless(written)
      .map(({ file, title, panels, problems, origin }) => {
        const lines = problems.map(({ panel, kind, reason }) => {
          const mark = kind === 'failed' ? paint('red', '!!') : paint('yellow', '? ');
          return `  ${mark} ${panel}: ${reason}\n`;
        });
        return `Wrote ${file}: ${title}, ${counted(panels, 'panel')}, ${origin}\n${lines.join('')}`;
      })
      .join(''),
  events: (written) => written.map((preview) => ({ event: 'dashboard-preview', ...preview })),
};

/** One picture, as it is reported. */
export interface WrittenPreview extends Omit<DashboardPreview, 'text'> {
  readonly file: string;
  readonly origin: string;
}
