import { counted } from '../../toolkit/diagnostics/index.ts';
import type { HistoryEntry, RunOutcome } from '../../toolkit/engine/history/history-entry.ts';
import type { Terminal, View } from '../output/view.ts';
import { harmless } from './harmless.ts';

export interface StackHistory {
  readonly stack: string;
  readonly entries: readonly HistoryEntry[];
  readonly unreadable: number;
  /** Runs of which nobody has written the end down: under way, or cut off. */
  readonly open: readonly HistoryEntry[];
}

export interface HistoryList {
  readonly environment: string;
  readonly histories: readonly StackHistory[];
}

/** Runs by time, two lines each: what was done by whom, and by which plan and approval. */
export const stateHistoryView: View<HistoryList> = {
  human({ environment, histories }, terminal) {
    const runs = byTime(histories);
    if (runs.length === 0) return `No run is recorded in ${environment}.\n`;
    return harmless(runs)
      .flatMap((run) => linesOf(run, terminal))
      .map((line) => `${line}\n`)
      .join('');
  },
  events: ({ histories }) => byTime(histories).map(({ isOpen, ...entry }) => ({ event: 'run', ...entry, isOpen })),
};

type ShownRun = HistoryEntry & { readonly isOpen: boolean };

function byTime(histories: readonly StackHistory[]): readonly ShownRun[] {
  const runs = histories.flatMap(({ entries, open }) => [
    ...entries.map((entry) => ({ ...entry, isOpen: false })),
    ...open.map((entry) => ({ ...entry, isOpen: true })),
  ]);
  return runs.sort((left, right) => compare(left.startedAt, right.startedAt) || compare(left.stack, right.stack));
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function linesOf(run: ShownRun, { paint }: Terminal): readonly string[] {
  const { startedAt, stack, command, user, host, plan, approvedBy, approved } = run;
  const who = user === '' ? 'by nobody who was written down' : `by ${user}@${host}`;
  const [style, words] = run.isOpen
    ? (['yellow', 'without an end: it is under way, or was cut off'] as const)
    : endings[run.outcome];
  const approval =
    approvedBy === null ? [] : [`approved by ${approvedBy}${approved.length === 0 ? '' : ` (${approved.join(', ')})`}`];
  const counts = countsOf(run);
  return [
    `${startedAt}  ${paint('bold', stack)}  ${command} ${who}: ${paint(style, words)}${counts === '' ? '' : `; ${counts}`}`,
    `  ${[plan === null ? 'no plan' : `plan ${plan}`, ...approval].join(', ')}`,
  ];
}

const endings: Readonly<Record<RunOutcome, readonly ['green' | 'yellow' | 'red', string]>> = {
  done: ['green', 'done'],
  unhealthy: ['red', 'done, and not all of it was seen to work'],
  partial: ['red', 'done in part'],
  failed: ['red', 'failed'],
  interrupted: ['yellow', 'interrupted'],
  'cut-off': ['red', 'cut off'],
};

function countsOf({ done, failed, skipped, unsettled }: HistoryEntry): string {
  const parts = [
    ...(done > 0 ? [`${counted(done, 'change')} done`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(unsettled > 0 ? [`${unsettled} with an outcome that the next run found`] : []),
  ];
  return parts.join(', ');
}
