import type { SourceSpan } from '../../diagnostics/index.ts';
import { type ConfigurationItem, isSelected, type Slo, type Stack } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { countsEvents } from './indicator.ts';

/** One objective where it is upheld, with the items of its service that this control point sees. */
export interface UpheldSlo {
  readonly slo: Slo;
  readonly stack: Stack;
  /** By id. Only what is in service is measured. */
  readonly items: readonly ConfigurationItem[];
  /** Of the `.uphold(...)`. */
  readonly source: SourceSpan;
}

export function upheldBy(operated: OperatedStack): readonly UpheldSlo[] {
  const { stack } = operated;
  return stack.objectives.map(({ slo, source }) => ({ slo, stack, items: serviceItems(operated, slo), source }));
}

/** Counters are read where they are scraped; recorded signals and shares also arrive from the stacks below. */
function serviceItems({ monitored, below }: OperatedStack, { service, indicator }: Slo): readonly ConfigurationItem[] {
  const seen = countsEvents(indicator) ? monitored : [...monitored, ...below];
  return seen.filter((item) => isSelected(service, item)).sort((left, right) => (left.id < right.id ? -1 : 1));
}
