import { counted } from '../../toolkit/diagnostics/index.ts';
import type { ScriptTestReport } from '../../toolkit/operate/scripts/test-scripts.ts';
import type { View } from '../output/view.ts';

export const scriptTestsView: View<ScriptTestReport> = {
  human: ({ scripts, tests, failed, confinement }) => {
    if (tests === 0) return 'No test of a script was run.\n';
    const how = confinement === 'namespaces' ? 'without network and files of this machine' : 'without walls';
    const result = failed === 0 ? 'all pass' : `${failed} failed`;
    return `${counted(tests, 'test')} of ${counted(scripts, 'script')}, run ${how}: ${result}.\n`;
  },
  events: ({ findings: _, ...report }) => [{ event: 'script-tests', ...report }],
};
