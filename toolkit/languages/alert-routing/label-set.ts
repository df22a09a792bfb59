/** The labels of one alert, external labels of its Prometheus included: Alertmanager sees those, rules do not. */
export type LabelSet = Readonly<Record<string, string>>;

/** A label that an alert does not have counts as the empty text. */
export function labelValue(labels: LabelSet, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
}

/** As Alertmanager prints labels in the keys of groups: sorted by name, values quoted. */
export function printLabels(labels: LabelSet): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((name) => `${name}=${JSON.stringify(labelValue(labels, name))}`);
  return `{${pairs.join(', ')}}`;
}
