import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { gauge, readingsBy, type SelectorOf } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

// It asks every service of the cloud for each scrape, unless it is started with --cache.
const { attributes, sources } = measuredBeside({
  program: 'openstack-exporter',
  since: '1.6',
  port: 9180,
  interval: '120s',
  timeout: '110s',
});

const hypervisor = ['hostname', 'availability_zone', 'aggregates'];
const pool = ['name', 'volume_backend_name', 'vendor_name'];
const facts = {
  openstack_nova_up: gauge(),
  openstack_neutron_up: gauge(),
  openstack_cinder_up: gauge(),
  openstack_identity_up: gauge(),
  openstack_glance_up: gauge(),
  openstack_nova_agent_state: gauge(['id', 'hostname', 'service', 'adminState', 'zone', 'disabledReason']),
  openstack_neutron_agent_state: gauge(['id', 'hostname', 'service', 'adminState', 'availability_zone']),
  openstack_cinder_agent_state: gauge(['uuid', 'hostname', 'service', 'adminState', 'zone', 'disabledReason']),
  openstack_neutron_routers_not_active: gauge(),
  openstack_cinder_pool_capacity_free_gb: gauge(pool),
  openstack_cinder_pool_capacity_total_gb: gauge(pool),
  openstack_nova_memory_available_bytes: gauge(hypervisor),
  openstack_nova_memory_used_bytes: gauge(hypervisor),
  openstack_nova_vcpus_available: gauge(hypervisor),
  openstack_nova_vcpus_used: gauge(hypervisor),
  openstack_nova_running_vms: gauge(hypervisor),
  openstack_nova_total_vms: gauge(),
  openstack_neutron_network_ip_availabilities_used: gauge([
    'network_id',
    'network_name',
    'project_id',
    'ip_version',
    'cidr',
    'subnet_name',
  ]),
  openstack_neutron_network_ip_availabilities_total: gauge([
    'network_id',
    'network_name',
    'project_id',
    'ip_version',
    'cidr',
    'subnet_name',
  ]),
} as const;

const read = readingsBy(facts);
const services = ['nova', 'neutron', 'cinder', 'identity', 'glance'] as const;

/** Agents that somebody switched off on purpose are no trouble. */
function agents(series: SelectorOf<typeof facts>): string {
  const names = [
    'openstack_nova_agent_state',
    'openstack_neutron_agent_state',
    'openstack_cinder_agent_state',
  ] as const;
  const each = names.map((name) => series(name, 'adminState=~"enabled|up"'));
  return `min without (id, uuid, adminState, zone, availability_zone, disabledReason) (${each.join(' or ')})`;
}

/**
 * One OpenStack cloud, by what its own interfaces tell an administrator that reads. Names and labels were read in the
 * source of openstack-exporter; it was never seen before a cloud. Its hosts are items of
 * class `host`, its storage, queues and databases of their own classes.
 */
export const openstack = defineClass({
  id: 'openstack',
  title: { en: 'OpenStack cloud', zh: 'OpenStack 云平台' },
  attributes: { ...attributes, region: optional(text('Region, as OpenStack calls it.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Service answers', '服务接口应答'),
      from: 'exporter',
      ...read((series) =>
        services
          .map((name) => `label_replace(${series(`openstack_${name}_up`)}, "service", "${name}", "", "")`)
          .join(' or '),
      ),
      partLabels: ['service'],
    },
    exporterUp: exporterAnswers('exporter'),
    agentUp: {
      ...stateOf('Agent alive', '代理存活'),
      from: 'exporter',
      ...read(agents),
      partLabels: ['hostname', 'service'],
    },
    routersNotActive: {
      ...highIsBad('count', 'Routers that are not active', '非活动的路由器数'),
      from: 'exporter',
      ...read((series) => series('openstack_neutron_routers_not_active')),
    },
    poolFree: {
      ...lowIsBad('ratio', 'Space free in a storage pool', '存储池剩余空间比例'),
      from: 'exporter',
      ...read(
        (series) =>
          `sum without (volume_backend_name, vendor_name) (${series('openstack_cinder_pool_capacity_free_gb')}) / (sum without (volume_backend_name, vendor_name) (${series('openstack_cinder_pool_capacity_total_gb')}) > 0)`,
      ),
      partLabels: ['name'],
    },
    memoryUsed: {
      ...highIsBad('ratio', 'Memory of all hypervisors given away', '计算节点内存分配比例'),
      from: 'exporter',
      ...read((series) =>
        shareOf(series('openstack_nova_memory_used_bytes'), series('openstack_nova_memory_available_bytes')),
      ),
    },
    processorsUsed: {
      ...highIsBad('ratio', 'Virtual processors given away', 'vCPU 分配比例'),
      from: 'exporter',
      // Above 1 where processors are shared, as usual.
      ...read((series) => shareOf(series('openstack_nova_vcpus_used'), series('openstack_nova_vcpus_available'))),
    },
    guests: {
      ...highIsBad('count', 'Virtual machines', '虚拟机数量'),
      from: 'exporter',
      ...read((series) => series('openstack_nova_total_vms')),
    },
    addressesUsed: {
      ...highIsBad('ratio', 'Addresses of a network used', '网络地址使用率'),
      from: 'exporter',
      ...read((series) => {
        const rest = 'network_id, project_id, ip_version, cidr, subnet_name';
        const [used, total] = [
          series('openstack_neutron_network_ip_availabilities_used', 'ip_version="4"'),
          series('openstack_neutron_network_ip_availabilities_total', 'ip_version="4"'),
        ].map((count) => `sum without (${rest}) (${count})`);
        return `${used} / (${total} > 0)`;
      }),
      partLabels: ['network_name'],
    },
  },
});

function shareOf(used: string, available: string): string {
  const [part, whole] = [used, available].map((each) => `sum without (${hypervisor.join(', ')}) (${each})`);
  return `${part} / (${whole} > 0)`;
}
