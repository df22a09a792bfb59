import { metricOf } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { collectorsOffByDefault } from '../facts/exporter-metrics.ts';

export const check: Check = {
  code: 'collector-off',
  about: 'expression',
  severity: 'notice',
  summary: 'Metric of a collector that is off by default',
  why: 'node_exporter gives it only where a flag turns the collector on. Where the flag is missing, the alert never fires, and looks as if all were well.',
  hint: 'Start node_exporter with the flag on every host that the alert is for.',
  bad: '- alert: UnitFailed\n  expr: node_systemd_unit_state{state="failed"} == 1\n  for: 5m\n',
  good: '- alert: RootFull\n  expr: node_filesystem_avail_bytes{mountpoint="/"} < 1e9\n  for: 5m\n',
  judge: (index) => {
    if (!index.text.includes('node_')) return [];
    return index.entries('selector').flatMap(({ node }) => {
      const metric = metricOf(node) ?? '';
      const found = collectorsOffByDefault.find(([prefix]) => metric.startsWith(prefix));
      if (found === undefined) return [];
      return [{ text: `${metric} comes with --collector.${found[1]} only.`, span: node.span }];
    });
  },
};
