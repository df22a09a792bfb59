import { alignedGrid, type Direction, type Episode, firingStretch, replayAlert } from '../history/index.ts';
import type { HistoryServer } from './backtest-queries.ts';
import type { BaselineRequest, ItemBaseline } from './baseline-report.ts';
import { restrictToItems } from './baseline-samples.ts';

/** What an alert would have done with the threshold that holds, and with the proposed one. */
export interface TrialResult {
  readonly before: TrialCount;
  readonly after: TrialCount;
}

export interface TrialCount {
  readonly fired: number;
  readonly firingMs: number;
}

export interface TrialTask {
  readonly baselines: readonly ItemBaseline[];
  readonly expression: string;
  readonly direction: Direction;
  readonly request: Pick<BaselineRequest, 'fromMs' | 'toMs'>;
}

/** Each is asked of the server at every evaluation of its rule; more items than this would take long. */
const maxItems = 50;

/** Null for items of which nothing is proposed. */
export async function tryThresholds(server: HistoryServer, task: TrialTask): Promise<readonly (TrialResult | null)[]> {
  const results: (TrialResult | null)[] = [];
  let tried = 0;
  for (const baseline of task.baselines) {
    const { rule, proposed, item } = baseline;
    if (rule === null || proposed === null || tried >= maxItems) {
      results.push(null);
      continue;
    }
    tried += 1;
    const count = (threshold: number) => replayWith(server, task, item, rule, threshold);
    results.push({ before: await count(rule.threshold), after: await count(proposed.threshold) });
  }
  return results;
}

async function replayWith(
  server: HistoryServer,
  { expression, direction, request }: TrialTask,
  item: string,
  { forMs, intervalMs }: NonNullable<ItemBaseline['rule']>,
  threshold: number,
): Promise<TrialCount> {
  const grid = alignedGrid(request.fromMs - forMs, request.toMs, intervalMs);
  const condition = `(${restrictToItems(expression, [item])}) ${direction === 'above' ? '>' : '<'} ${threshold}`;
  const episodes = replayAlert(
    { name: 'trial', forMs, keepFiringMs: 0, labels: {} },
    await server.range(condition, grid),
    grid,
  );
  return countFiring(
    episodes.filter(({ endedAtMs }) => endedAtMs === null || endedAtMs > request.fromMs),
    request.toMs,
  );
}

function countFiring(episodes: readonly Episode[], untilMs: number): TrialCount {
  const firing = episodes.flatMap((episode) => firingStretch(episode, untilMs) ?? []);
  return { fired: firing.length, firingMs: firing.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) };
}
