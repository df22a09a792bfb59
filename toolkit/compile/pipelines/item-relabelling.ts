import type { RelabelRule } from '../../languages/relabelling/index.ts';
import type { Collected } from './collected.ts';
import { madeMetrics, seriesNames } from './made-metrics.ts';
import { senderLabels } from './senders.ts';
import { escapePattern } from './source-path.ts';

const contract = ['item', 'class', 'tier', 'site', 'tenant', 'team', 'criticality'];
const between = '|';

/**
 * Puts the labels of its item on every series of pipelines, when they are scraped. A rule for each item writes all of
 * them as one text, and a rule for each label takes it out again: with a rule for each label of each item, a thousand
 * items would take seven thousand rules for every sample. A sender that nobody knows keeps the labels of the collector.
 */
export function itemRelabelling(collected: readonly Collected[]): readonly RelabelRule[] {
  const own = collected.flatMap(rulesOf);
  if (own.length === 0) return [];
  return [
    ...own,
    ...contract.map((label, index) => ({
      source_labels: ['__tmp_item'],
      regex: contract.map((_, at) => (at === index ? '([^|]*)' : '[^|]*')).join('\\|'),
      target_label: label,
      replacement: '$1',
    })),
    // mtail names the program; with it, moving a metric to another file would be another series.
    { source_labels: ['__tmp_pipeline'], regex: '.+', target_label: 'prog', replacement: '' },
    { action: 'labeldrop', regex: '__tmp_.*' },
  ];
}

function rulesOf({ pipeline, items, stack }: Collected): readonly RelabelRule[] {
  const names = madeMetrics(pipeline).flatMap(seriesNames);
  if (names.length === 0) return [];
  const { everything, bySender } = senderLabels(pipeline, items, stack.tier);
  const known = {
    source_labels: ['__name__'],
    regex: names.join('|'),
    target_label: '__tmp_pipeline',
    replacement: pipeline.id,
  };
  const all =
    everything === null ? [] : [{ ...packed(everything), source_labels: ['__tmp_pipeline'], regex: pipeline.id }];
  const byItem = Map.groupBy(bySender, ([, labels]) => labels['item'] ?? '');
  const each = [...byItem.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const senders = entries.map(([name]) => escapePattern(name)).join('|');
    return [
      { ...packed(first[1]), source_labels: ['__tmp_pipeline', 'sender'], regex: `${pipeline.id};(?:${senders})` },
    ];
  });
  return [known, ...all, ...each];
}

function packed(labels: Readonly<Record<string, string>>) {
  const text = contract.map((label) => labels[label] ?? '').join(between);
  return { target_label: '__tmp_item', replacement: text.replaceAll('$', '$$$$') };
}
