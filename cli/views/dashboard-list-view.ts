import { counted } from '../../toolkit/diagnostics/index.ts';
import type { CompiledDashboard } from '../commands/dashboards/dashboards-in.ts';
import type { View } from '../output/view.ts';
import { harmless } from './harmless.ts';

export const dashboardListView: View<readonly CompiledDashboard[]> = {
  human(dashboards, { paint }) {
    if (dashboards.length === 0) return 'No stack compiles to a dashboard.\n';
    const width = Math.max(...dashboards.map(({ stack, name }) => stack.length + name.length + 1));
    return harmless(dashboards)
      .map(({ stack, name, title, panels, url }) => {
        const head = paint('bold', `${stack}/${name}`.padEnd(width));
        return `${head}  ${title} (${counted(panels, 'panel')})${url === null ? '' : `\n  ${url}`}\n`;
      })
      .join('');
  },
  events: (dashboards) => dashboards.map(({ document: _, ...facts }) => ({ event: 'dashboard', ...facts })),
};
