import { counted, groupThousands } from '../../../toolkit/diagnostics/index.ts';
import type { PlanDescription } from '../../../toolkit/plan/index.ts';
import type { Terminal } from '../../output/view.ts';

import { countActionWords } from './action-words.ts';
import type { Lines } from './listing.ts';

/** At the end, where the eye is after a long listing: the counts, what stops it, and by which name it is approved. */
export function footLines(plan: PlanDescription, { paint }: Terminal): Lines {
  const { counts, unchanged, drifted, owed } = plan.summary;
  const beside = [
    `${groupThousands(unchanged)} unchanged`,
    ...(drifted > 0 ? [`${groupThousands(drifted)} drifted`] : []),
    ...(owed > 0 ? [`${groupThousands(owed)} owed`] : []),
    ...(plan.unasked.length > 0
      ? [`${groupThousands(sum(plan.unasked.map(({ objects }) => objects)))} not looked at`]
      : []),
  ];
  const verdict = plan.isEmpty ? nothingToDo(plan) : countActionWords(counts);
  return [
    `${paint('bold', verdict === '' ? 'No changes, only a reload' : verdict)}; ${beside.join(', ')}.`,
    ...(plan.isExecutable ? [] : [stopLine(plan, paint)]),
    `Digest ${plan.digest}`,
  ];
}

/** No changes would be more than is known where something was not looked at. */
function nothingToDo({ unasked }: PlanDescription): string {
  return unasked.length === 0 ? 'No changes' : 'No changes in what could be looked at';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function stopLine({ offline, brakes, findings }: PlanDescription, paint: Terminal['paint']): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const reasons = [
    ...(errors > 0 ? [counted(errors, 'finding')] : []),
    ...(brakes.length > 0 ? [counted(brakes.length, 'brake')] : []),
    ...(offline ? ['it was made offline'] : []),
  ];
  return `${paint('red', '! Cannot be applied')}: ${reasons.join(', ')}.`;
}
