import { defineClass, integer, optional } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, stateOf } from './signal-meanings.ts';

const group = ['iname', 'intf', 'vrid'];
const address = [...group, 'ip_address'];
const { attributes, sources } = measuredBeside({ program: 'keepalived-exporter', since: '1.3', port: 9165 });

const read = readingsBy({
  keepalived_up: gauge(),
  keepalived_vrrp_state: gauge(address),
  keepalived_script_status: gauge(['name']),
  keepalived_become_master_total: counter(group),
  keepalived_advertisements_interval_errors_total: counter(group),
  keepalived_authentication_failure_total: counter(group),
});

/**
 * One keepalived, which holds addresses by VRRP; each machine of a pair is an item of its own. Whether exactly one of a
 * group is master is seen where both are scraped: see the runbook. The exporter has to signal keepalived, so it runs as
 * root. Names and labels were read in the source of mehdy's keepalived-exporter; it was never seen before a keepalived. States: 0 starting, 1 backup, 2 master, 3 faulty.
 */
export const keepalived = defineClass({
  id: 'keepalived',
  title: { en: 'keepalived (VRRP)', zh: 'keepalived(VRRP 高可用)' },
  attributes: {
    ...attributes,
    priority: optional(integer('Priority of its main group, as configured; for people.', { minimum: 1, maximum: 255 })),
  },
  sources,
  signals: {
    up: {
      ...stateOf('keepalived runs', 'keepalived 运行中'),
      from: 'exporter',
      ...read((series) => series('keepalived_up')),
    },
    exporterUp: exporterAnswers('exporter'),
    master: {
      ...stateOf('Holds the address', '持有虚拟地址'),
      from: 'exporter',
      ...read((series) => `max without (ip_address) (${series('keepalived_vrrp_state')} == bool 2)`),
      partLabels: group,
    },
    healthy: {
      ...stateOf('Able to hold the address', '可承担虚拟地址'),
      from: 'exporter',
      // Starting takes seconds; a tracked interface or script that failed makes it faulty.
      ...read((series) => `max without (ip_address) (${series('keepalived_vrrp_state')} != bool 3)`),
      partLabels: group,
    },
    scriptsPass: {
      ...stateOf('Tracked script passes', '检查脚本通过'),
      from: 'exporter',
      // Present only where scripts are tracked; 1 is good.
      ...read((series) => `${series('keepalived_script_status')} == bool 1`),
      partLabels: ['name'],
    },
    takeovers: {
      ...highIsBad('count', 'Became master (1 h)', '切换为主的次数(1 小时)'),
      from: 'exporter',
      ...read((series) => `increase(${series('keepalived_become_master_total')}[1h])`),
      partLabels: group,
    },
    refused: {
      ...highIsBad('count', 'Advertisements refused (15 min)', '被拒绝的 VRRP 通告(15 分钟)'),
      from: 'exporter',
      ...read(
        (series) =>
          `increase(${series('keepalived_authentication_failure_total')}[15m]) + increase(${series('keepalived_advertisements_interval_errors_total')}[15m])`,
      ),
      partLabels: group,
    },
  },
});
