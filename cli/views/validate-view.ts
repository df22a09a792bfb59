import { counted } from '../../toolkit/diagnostics/index.ts';
import type { View } from '../output/view.ts';

export interface ValidateResult {
  readonly environment: string;
  readonly stacks: number;
  readonly items: number;
  readonly resources: number;
  readonly policies: number;
  readonly errors: number;
}

/** Below the findings: what was looked at. */
export const validateView: View<ValidateResult> = {
  human({ environment, stacks, items, resources, policies, errors }, { paint }) {
    const verdict = errors === 0 ? paint('green', 'Valid') : paint('red', 'Not valid');
    const counts = [
      counted(stacks, 'stack'),
      counted(items, 'item'),
      counted(resources, 'resource'),
      counted(policies, 'policy', 'policies'),
    ];
    return `${verdict}: ${counts.join(', ')}, environment ${environment}.\n`;
  },
  events: (result) => [{ event: 'validated', ...result }],
};
