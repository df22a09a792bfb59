import { type ConfigurationItem, isSelected, type ScheduledScript } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';

/** Items of the stack that run a script. */
export function hostsOf({ monitored }: OperatedStack, { selection }: ScheduledScript): readonly ConfigurationItem[] {
  return monitored.filter((item) => isSelected(selection, item));
}
