import { counted } from '../../toolkit/diagnostics/index.ts';
import type { View } from '../output/view.ts';

export interface LintResult {
  readonly rules: number;
  readonly routings: number;
  readonly dashboards: number;
  readonly findings: number;
  /** Notices about the catalogue of opsctl. */
  readonly leftOut: number;
}

/** Below the findings: what was looked at. */
export const lintView: View<LintResult> = {
  human({ rules, routings, dashboards, findings, leftOut }, { paint }) {
    const looked = [
      counted(rules, 'rule'),
      counted(routings, 'Alertmanager configuration'),
      counted(dashboards, 'dashboard'),
    ];
    const verdict = findings === 0 ? paint('green', 'No findings') : counted(findings, 'finding');
    const more = leftOut === 0 ? '' : ` ${counted(leftOut, 'notice')} about opsctl's own catalogue: --catalogue.`;
    return `${verdict} in ${looked.join(', ')}.${more}\n`;
  },
  events: (result) => [{ event: 'linted', ...result }],
};
