import { choice, defineClass, networkName, optional, port, type Signal } from 'opsctl';
import { counter, gauge, readingsBy, type SelectorOf } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const ofInterface = ['domain', 'target_device'];
const sameInBoth = {
  libvirt_up: gauge(),
  libvirt_domain_info_cpu_time_seconds_total: counter(['domain']),
  libvirt_domain_info_virtual_cpus: gauge(['domain']),
  libvirt_domain_info_memory_usage_bytes: gauge(['domain']),
  libvirt_domain_block_stats_read_requests_total: counter(ofInterface),
  libvirt_domain_block_stats_write_requests_total: counter(ofInterface),
  libvirt_domain_interface_stats_receive_drops_total: counter(ofInterface),
  libvirt_domain_interface_stats_transmit_drops_total: counter(ofInterface),
  libvirt_domain_interface_stats_receive_errors_total: counter(ofInterface),
  libvirt_domain_interface_stats_transmit_errors_total: counter(ofInterface),
};

const interfaceCounters = [
  'libvirt_domain_interface_stats_receive_drops_total',
  'libvirt_domain_interface_stats_transmit_drops_total',
  'libvirt_domain_interface_stats_receive_errors_total',
  'libvirt_domain_interface_stats_transmit_errors_total',
] as const;

/** In Debian, by kumina: read off the real exporter before libvirt's own test driver. */
const kumina = readingsBy({
  ...sameInBoth,
  libvirt_domains_number: gauge(),
  libvirt_domain_state_code: gauge(['domain', 'uuid']),
});

/** Maintained, by inovex: read in its source. Only it measures storage pools and what virtual processors wait for. */
const inovex = readingsBy({
  ...sameInBoth,
  libvirt_domains: gauge(),
  libvirt_domain_info_state: gauge(['domain', 'state_desc']),
  libvirt_domain_vcpu_delay_seconds_total: counter(['domain', 'vcpu']),
  libvirt_domain_memory_stats_usable_bytes: gauge(['domain']),
  libvirt_domain_memory_stats_available_bytes: gauge(['domain']),
  libvirt_storage_pool_state: gauge(['storage_pool']),
  libvirt_storage_pool_available_bytes: gauge(['storage_pool']),
  libvirt_storage_pool_capacity_bytes: gauge(['storage_pool']),
});

/** Both exporters read it alike. */
function byEither(expression: (series: SelectorOf<typeof sameInBoth>) => string) {
  return { readings: { kumina: kumina(expression), inovex: inovex(expression) } };
}

/** States of libvirt: 1 running, 2 blocked, 3 paused, 4 shutting down, 5 off, 6 crashed, 7 asleep. */
const off = 5;

/**
 * A machine that runs virtual machines under KVM, by what libvirt knows of them. The machine itself is an item of class
 * `host`; each virtual machine that matters is one too, and `runs-on` that.
 */
export const kvmHost = defineClass({
  id: 'kvm-host',
  title: { en: 'KVM host', zh: 'KVM 虚拟化主机' },
  attributes: {
    address: networkName('DNS name or IP address of the machine that the exporter is on.'),
    exporter: optional(
      choice('Which exporter asks libvirt: that of Debian (`kumina`), or the maintained one (`inovex`).', [
        'kumina',
        'inovex',
      ]),
      'kumina',
    ),
    exporterPort: optional(port('Port of the exporter.'), 9177),
  },
  sources: {
    kumina: {
      kind: 'exporter',
      exporter: 'libvirt_exporter >=0.2',
      interval: '30s',
      timeout: '20s',
      when: ({ exporter = 'kumina' }) => exporter === 'kumina',
      endpoint: ({ address, exporterPort = 9177 }) => `${address}:${exporterPort}`,
    },
    inovex: {
      kind: 'exporter',
      exporter: 'prometheus-libvirt-exporter >=2.0',
      interval: '30s',
      timeout: '20s',
      when: ({ exporter = 'kumina' }) => exporter === 'inovex',
      endpoint: ({ address, exporterPort = 9177 }) => `${address}:${exporterPort}`,
    },
  },
  signals: {
    up: {
      ...stateOf('libvirt answers', 'libvirt 应答'),
      ...byEither((series) => series('libvirt_up')),
    },
    exporterUp: {
      ...stateOf('Exporter answers', '采集器应答'),
      ...byEither((series) => series('up')),
    },
    guests: {
      ...highIsBad('count', 'Virtual machines', '虚拟机数量'),
      readings: {
        kumina: kumina((series) => series('libvirt_domains_number')),
        inovex: inovex((series) => series('libvirt_domains')),
      },
    },
    guestsStopped: {
      ...highIsBad('count', 'Virtual machine off that ran within a day', '一天内曾运行、现已关机的虚拟机'),
      readings: {
        kumina: kumina(
          (series) =>
            `(${series('libvirt_domain_state_code')} == bool ${off}) and min_over_time(${series('libvirt_domain_state_code')}[1d]) == 1`,
        ),
        inovex: inovex(
          (series) =>
            `max without (state_desc) (${series('libvirt_domain_info_state')} == bool ${off}) and min without (state_desc) (min_over_time(${series('libvirt_domain_info_state')}[1d])) == 1`,
        ),
      },
      partLabels: ['domain'],
    },
    guestsCrashed: inState(6, 'Virtual machine crashed', '虚拟机崩溃'),
    guestsPaused: inState(3, 'Virtual machine paused', '虚拟机被挂起'),
    guestCpuBusy: {
      ...highIsBad('ratio', 'CPU of a virtual machine busy', '虚拟机 CPU 使用率'),
      ...byEither(
        (series) =>
          `rate(${series('libvirt_domain_info_cpu_time_seconds_total')}[5m]) / ${series('libvirt_domain_info_virtual_cpus')}`,
      ),
      partLabels: ['domain'],
    },
    guestCpuStolen: {
      ...highIsBad('ratio', 'Time that a virtual processor waits for a real one', '虚拟 CPU 等待物理 CPU 的时间比例'),
      from: 'inovex',
      ...inovex((series) => `rate(${series('libvirt_domain_vcpu_delay_seconds_total')}[5m])`),
      partLabels: ['domain', 'vcpu'],
    },
    guestMemoryFree: {
      ...lowIsBad('ratio', 'Memory free inside a virtual machine', '虚拟机内部可用内存比例'),
      from: 'inovex',
      // Both are there only while the balloon driver of the guest tells them.
      ...inovex(
        (series) =>
          `${series('libvirt_domain_memory_stats_usable_bytes')} / (${series('libvirt_domain_memory_stats_available_bytes')} > 0)`,
      ),
      partLabels: ['domain'],
    },
    guestMemory: {
      ...highIsBad('bytes', 'Memory given to a virtual machine', '虚拟机已分配内存'),
      ...byEither((series) => series('libvirt_domain_info_memory_usage_bytes')),
      partLabels: ['domain'],
    },
    guestDiskRequests: {
      ...highIsBad('per-second', 'Disk requests of a virtual machine', '虚拟机磁盘请求速率'),
      ...byEither(
        (series) =>
          `rate(${series('libvirt_domain_block_stats_read_requests_total')}[5m]) + rate(${series('libvirt_domain_block_stats_write_requests_total')}[5m])`,
      ),
      partLabels: ['domain', 'target_device'],
    },
    guestNetworkTrouble: {
      ...highIsBad('per-second', 'Packets of a virtual machine lost', '虚拟机丢失的报文速率'),
      // What is received here was sent by the guest, and the other way round; lost is lost.
      ...byEither((series) => interfaceCounters.map((metric) => `rate(${series(metric)}[5m])`).join(' + ')),
      partLabels: ['domain', 'target_device'],
    },
    poolRunning: {
      ...stateOf('Storage pool runs', '存储池运行中'),
      from: 'inovex',
      // 0 inactive, 1 building, 2 running, 3 degraded, 4 out of reach.
      ...inovex((series) => `${series('libvirt_storage_pool_state')} == bool 2`),
      partLabels: ['storage_pool'],
    },
    poolFree: {
      ...lowIsBad('ratio', 'Space free in a storage pool', '存储池剩余空间比例'),
      from: 'inovex',
      ...inovex(
        (series) =>
          `${series('libvirt_storage_pool_available_bytes')} / (${series('libvirt_storage_pool_capacity_bytes')} > 0)`,
      ),
      partLabels: ['storage_pool'],
    },
  },
});

function inState(state: number, en: string, zh: string): Signal {
  return {
    ...highIsBad('count', en, zh),
    readings: {
      kumina: kumina((series) => `${series('libvirt_domain_state_code')} == bool ${state}`),
      // The description is a label, so each state is a series of its own.
      inovex: inovex((series) => `max without (state_desc) (${series('libvirt_domain_info_state')} == bool ${state})`),
    },
    partLabels: ['domain'],
  };
}
