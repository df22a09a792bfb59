export type SeriesLabels = Readonly<Record<string, string>>;

/** An alert that is said to fire. */
export interface GeneratedAlarm {
  readonly labels: SeriesLabels;
  readonly severity: 'critical' | 'warning';
  readonly forMs: number;
}

/** What made-up series are about: what the organisation has. */
export interface GeneratedWorld {
  readonly seed: number;
  /** Values of labels that say nothing of an item. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** Labels of each item that is measured; absent where nobody knows the items. */
  readonly items?: readonly SeriesLabels[];
  /** The worst first. */
  readonly alarms?: readonly GeneratedAlarm[];
}

/** The items, or alarms, that a query can be about: by its matchers, and by the class in the name of a signal. */
export function fits(labels: SeriesLabels, expression: string): boolean {
  const classId = labels.class;
  const name = /\bsignal:(\w+)/.exec(expression)?.[1];
  if (classId !== undefined && name !== undefined && !sharedSignals.has(name) && !isOfClass(name, classId))
    return false;
  return matchersIn(expression).every(
    ([label, values]) => labels[label] === undefined || values.includes(labels[label]),
  );
}

const sharedSignals: ReadonlySet<string> = new Set(['item_state', 'alerts_firing']);

function isOfClass(signal: string, classId: string): boolean {
  return signal.startsWith(`${classId.replaceAll('-', '_')}_`);
}

/** Matchers that name values; `$` and patterns name none. */
function matchersIn(expression: string): readonly (readonly [label: string, values: readonly string[]])[] {
  const found = [...expression.matchAll(/(\w+)=~?"([^"]*)"/g)].map(
    ([, label = '', values = '']) => [label, values.replaceAll(/[()]/g, '').split('|')] as const,
  );
  const named = found.filter(([, values]) => values.every((value) => /^[\p{L}\p{N}_./:-]+$/u.test(value)));
  const labels = [...new Set(named.map(([label]) => label))];
  return labels.map((label) => [label, named.flatMap(([one, values]) => (one === label ? values : []))] as const);
}
