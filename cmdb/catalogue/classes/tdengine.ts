import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = measuredBeside({ program: 'taoskeeper', since: '3.0', port: 6043 });

const of = ['cluster'];

const read = readingsBy({
  taos_cluster_info_dnodes_total: gauge(of),
  taos_cluster_info_dnodes_alive: gauge(of),
  taos_cluster_info_mnodes_total: gauge(of),
  taos_cluster_info_mnodes_alive: gauge(of),
  taos_cluster_info_vgroups_total: gauge(of),
  taos_cluster_info_vgroups_alive: gauge(of),
  taos_grants_info_expire_time: gauge(of),
  taos_grants_info_timeseries_used: gauge(of),
  taos_grants_info_timeseries_total: gauge(of),
});

type Series = Parameters<Parameters<typeof read>[0]>[0];

function missing(series: Series, what: 'dnodes' | 'mnodes' | 'vgroups'): string {
  const [total, alive] = (['total', 'alive'] as const).map(
    (kind) => `max without (cluster) (${series(`taos_cluster_info_${what}_${kind}`)})`,
  );
  return `${total} - ${alive}`;
}

/**
 * A TDengine cluster, measured by taosKeeper. Not checked against a real one, which cannot be had here: names were read
 * off the dashboard for it that Nightingale publishes.
 */
export const tdengine = defineClass({
  id: 'tdengine',
  title: { en: 'TDengine cluster', zh: 'TDengine 时序数据库' },
  attributes: { ...attributes, version: optional(text('Such as `3.2`.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Tells of itself', '可读取集群状态'),
      from: 'exporter',
      ...read(
        (series) =>
          `clamp_max(count without (cluster) (${series('taos_cluster_info_dnodes_alive')}), 1) or 0 * (${series('up')} == 1)`,
      ),
    },
    exporterUp: exporterAnswers('exporter'),
    dataNodesMissing: {
      ...highIsBad('count', 'Data nodes missing', '离线的数据节点数'),
      from: 'exporter',
      ...read((series) => missing(series, 'dnodes')),
    },
    managementNodesMissing: {
      ...highIsBad('count', 'Management nodes missing', '离线的管理节点数'),
      from: 'exporter',
      ...read((series) => missing(series, 'mnodes')),
    },
    groupsMissing: {
      ...highIsBad('count', 'Groups of virtual nodes that do not serve', '不可用的虚拟节点组数'),
      from: 'exporter',
      ...read((series) => missing(series, 'vgroups')),
    },
    licenceDaysLeft: {
      ...lowIsBad('days', 'Days until the licence ends', '许可证剩余天数'),
      from: 'exporter',
      // Seconds; the community edition says a number beyond any lifetime.
      ...read((series) => `min without (cluster) (${series('taos_grants_info_expire_time')}) / 86400`),
    },
    seriesUsed: {
      ...highIsBad('ratio', 'Measuring points used of the licence', '许可测点使用率'),
      from: 'exporter',
      ...read(
        (series) =>
          `max without (cluster) (${series('taos_grants_info_timeseries_used')}) / (max without (cluster) (${series('taos_grants_info_timeseries_total')}) > 0)`,
      ),
    },
  },
});
