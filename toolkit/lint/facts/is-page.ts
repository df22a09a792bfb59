import type { Rule } from '../lint-input.ts';

/** Whether somebody is to be woken, by the severities that are usual for it. */
export function isPage({ kind, labels }: Rule): boolean {
  return kind === 'alert' && /^(critical|page|emergency|p1|sev1)$/i.test(labels.severity ?? '');
}
