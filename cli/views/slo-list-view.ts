import { describePeriod } from '../../toolkit/compile/slos/index.ts';
import type { UpheldObjective } from '../../toolkit/operate/index.ts';
import type { View } from '../output/view.ts';
import { harmless } from './harmless.ts';

export const sloListView: View<readonly UpheldObjective[]> = {
  human: (objectives) =>
    objectives.length === 0
      ? 'No stack upholds an objective.\n'
      : harmless(objectives)
          .map(({ slo, stack, items }) => {
            const promise =
              slo.promised === undefined ? '' : `; ${percent(slo.promised.objective)} promised to ${slo.promised.to}`;
            const of = `${slo.indicator.kind} of ${items.join(', ')}`;
            return `${slo.id}: ${percent(slo.objective)} over ${describePeriod(slo.window)}${promise}\n  ${slo.title.en} · ${slo.title.zh}\n  ${stack}, ${of}\n`;
          })
          .join(''),
  events: (objectives) =>
    objectives.map(({ slo: { kind: _, source: __, ...slo }, stack, items, source }) => ({
      event: 'slo',
      ...slo,
      stack,
      items,
      source,
    })),
};

/** `99.95 %` */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
