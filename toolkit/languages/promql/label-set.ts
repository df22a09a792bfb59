/** What is known of one label of the series that an expression gives. */
export type LabelFact =
  /** On every series; with this value, where it is the same on all. */
  | { readonly presence: 'present'; readonly value: string | null }
  | { readonly presence: 'absent' }
  /** On some series perhaps. */
  | { readonly presence: 'possible' };

/** What is known of the labels of the series that an expression gives, its name `__name__` included. */
export interface LabelSet {
  readonly labels: ReadonlyMap<string, LabelFact>;
  /** What holds for labels that are not listed. */
  readonly others: 'absent' | 'possible';
}

export const present: LabelFact = { presence: 'present', value: null };
export const absent: LabelFact = { presence: 'absent' };
export const possible: LabelFact = { presence: 'possible' };

/** Any labels, such as those of a metric of which nothing is known. */
export const anyLabels: LabelSet = { labels: new Map(), others: 'possible' };
export const noLabels: LabelSet = { labels: new Map(), others: 'absent' };

export function presentWith(value: string): LabelFact {
  return { presence: 'present', value };
}

export function labelFact({ labels, others }: LabelSet, label: string): LabelFact {
  return labels.get(label) ?? (others === 'absent' ? absent : possible);
}

/** `knownLabels(['job', 'instance'])`: these are there, and no others. */
export function knownLabels(names: Iterable<string>): LabelSet {
  return { labels: new Map([...names].map((name) => [name, present])), others: 'absent' };
}

export function withFacts({ labels, others }: LabelSet, facts: Iterable<readonly [string, LabelFact]>): LabelSet {
  const together = new Map(labels);
  for (const [name, fact] of facts) together.set(name, fact);
  return { labels: together, others };
}

export function withoutLabels(set: LabelSet, names: readonly string[]): LabelSet {
  if (set.others === 'absent')
    return onlyLabels(
      set,
      [...set.labels.keys()].filter((name) => !names.includes(name)),
    );
  return withFacts(
    set,
    names.map((name) => [name, absent]),
  );
}

export function onlyLabels(set: LabelSet, names: readonly string[]): LabelSet {
  return { labels: new Map(names.map((name) => [name, labelFact(set, name)])), others: 'absent' };
}

/** Of a series that is of the one set or of the other. */
export function eitherOf(left: LabelSet, right: LabelSet): LabelSet {
  const others = left.others === 'absent' && right.others === 'absent' ? 'absent' : 'possible';
  return { labels: combine(left, right, eitherFact), others };
}

/** Of a series whose labels are those of both sets. */
export function bothOf(left: LabelSet, right: LabelSet): LabelSet {
  const others = left.others === 'absent' || right.others === 'absent' ? 'absent' : 'possible';
  return { labels: combine(left, right, bothFact), others };
}

function combine(
  left: LabelSet,
  right: LabelSet,
  fact: (a: LabelFact, b: LabelFact) => LabelFact,
): Map<string, LabelFact> {
  const combined = new Map<string, LabelFact>();
  for (const [name, known] of left.labels) combined.set(name, fact(known, labelFact(right, name)));
  for (const [name, known] of right.labels)
    if (!combined.has(name)) combined.set(name, fact(labelFact(left, name), known));
  return combined;
}

export function eitherFact(left: LabelFact, right: LabelFact): LabelFact {
  if (left.presence === 'absent' && right.presence === 'absent') return absent;
  if (left.presence !== 'present' || right.presence !== 'present') return possible;
  return left.value === right.value ? left : present;
}

export function bothFact(left: LabelFact, right: LabelFact): LabelFact {
  if (left.presence === 'possible') return right;
  if (right.presence === 'possible' || left.presence === 'absent') return left;
  if (right.presence === 'absent') return right;
  return left.value === null ? right : left;
}

/** Whether no series can have a label as both say. */
export function contradict(left: LabelFact, right: LabelFact): boolean {
  if (left.presence === 'possible' || right.presence === 'possible') return false;
  if (left.presence === 'absent' || right.presence === 'absent') return left.presence !== right.presence;
  return left.value !== null && right.value !== null && left.value !== right.value;
}
