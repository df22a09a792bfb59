import type { Episode } from './replay-alert.ts';
import { isWithin, labelKey, type SampledSeries, type Stretch, type TimeGrid, withoutNames } from './series.ts';

/** Episodes from `ALERTS`, as somebody else has judged them: pending and firing are in the label `alertstate`. */
export function episodesOfStates(
  series: readonly SampledSeries[],
  { fromMs, toMs, stepMs }: TimeGrid,
  gaps: readonly Stretch[],
): readonly Episode[] {
  const byAlert = Map.groupBy(series, ({ labels }) => labelKey(withoutNames(labels, 'alertstate')));
  return [...byAlert.values()].flatMap((states) => {
    const labels = withoutNames(states[0]?.labels ?? {}, 'alertstate');
    const firing = new Set(
      states.filter((one) => one.labels.alertstate === 'firing').flatMap(({ timesMs }) => timesMs),
    );
    const times = [...new Set(states.flatMap(({ timesMs }) => timesMs))].filter((at) => !isWithin(gaps, at));
    return runsOf(
      times.sort((left, right) => left - right),
      stepMs,
    ).map((run): Episode => {
      const end = (run.at(-1) ?? 0) + stepMs;
      return {
        labels,
        activeAtMs: run[0] ?? 0,
        firedAtMs: run.find((at) => firing.has(at)) ?? null,
        endedAtMs: end > toMs ? null : end,
        isEarlier: run[0] === fromMs,
        isCutOff: end <= toMs && isWithin(gaps, end),
      };
    });
  });
}

function runsOf(times: readonly number[], stepMs: number): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const time of times) {
    const last = runs.at(-1);
    if (last !== undefined && time - (last.at(-1) ?? 0) <= stepMs) last.push(time);
    else runs.push([time]);
  }
  return runs;
}
