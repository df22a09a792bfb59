/** A name that an exporter no longer has, the release that took it away, and what it is called since. */
export interface RenamedMetric {
  readonly now: string;
  readonly since: string;
}

function nodeMemory(...names: readonly string[]): readonly (readonly [string, RenamedMetric])[] {
  return names.map((name) => [
    `node_memory_${name}`,
    { now: `node_memory_${name}_bytes`, since: 'node_exporter 0.16' },
  ]);
}

function renamed(
  since: string,
  names: Readonly<Record<string, string>>,
): readonly (readonly [string, RenamedMetric])[] {
  return Object.entries(names).map(([before, now]) => [before, { now, since }]);
}

export const renamedMetrics: ReadonlyMap<string, RenamedMetric> = new Map([
  ...nodeMemory('MemAvailable', 'MemFree', 'MemTotal', 'Buffers', 'Cached', 'SwapFree', 'SwapTotal', 'Slab', 'Active'),
  ...renamed('node_exporter 0.16', {
    node_cpu: 'node_cpu_seconds_total',
    node_boot_time: 'node_boot_time_seconds',
    node_time: 'node_time_seconds',
    node_context_switches: 'node_context_switches_total',
    node_forks: 'node_forks_total',
    node_intr: 'node_intr_total',
    node_filesystem_avail: 'node_filesystem_avail_bytes',
    node_filesystem_free: 'node_filesystem_free_bytes',
    node_filesystem_size: 'node_filesystem_size_bytes',
    node_disk_io_time_ms: 'node_disk_io_time_seconds_total',
    node_disk_bytes_read: 'node_disk_read_bytes_total',
    node_disk_bytes_written: 'node_disk_written_bytes_total',
    node_disk_reads_completed: 'node_disk_reads_completed_total',
    node_disk_writes_completed: 'node_disk_writes_completed_total',
    node_network_receive_bytes: 'node_network_receive_bytes_total',
    node_network_transmit_bytes: 'node_network_transmit_bytes_total',
    node_network_receive_errs: 'node_network_receive_errs_total',
    node_network_transmit_errs: 'node_network_transmit_errs_total',
  }),
  ...renamed('kube-state-metrics 2.0', {
    kube_pod_container_resource_requests_cpu_cores: 'kube_pod_container_resource_requests{resource="cpu"}',
    kube_pod_container_resource_requests_memory_bytes: 'kube_pod_container_resource_requests{resource="memory"}',
    kube_pod_container_resource_limits_cpu_cores: 'kube_pod_container_resource_limits{resource="cpu"}',
    kube_pod_container_resource_limits_memory_bytes: 'kube_pod_container_resource_limits{resource="memory"}',
    kube_node_status_allocatable_cpu_cores: 'kube_node_status_allocatable{resource="cpu"}',
    kube_node_status_allocatable_memory_bytes: 'kube_node_status_allocatable{resource="memory"}',
    kube_node_status_allocatable_pods: 'kube_node_status_allocatable{resource="pods"}',
    kube_node_status_capacity_cpu_cores: 'kube_node_status_capacity{resource="cpu"}',
    kube_node_status_capacity_memory_bytes: 'kube_node_status_capacity{resource="memory"}',
    kube_node_status_capacity_pods: 'kube_node_status_capacity{resource="pods"}',
    kube_hpa_spec_max_replicas: 'kube_horizontalpodautoscaler_spec_max_replicas',
    kube_hpa_status_current_replicas: 'kube_horizontalpodautoscaler_status_current_replicas',
    kube_hpa_status_desired_replicas: 'kube_horizontalpodautoscaler_status_desired_replicas',
  }),
]);

/** Collectors of node_exporter that run only when a flag asks for them, by the beginning of their metrics. */
export const collectorsOffByDefault: readonly (readonly [prefix: string, collector: string])[] = [
  ['node_systemd_', 'systemd'],
  ['node_processes_', 'processes'],
  ['node_ntp_', 'ntp'],
  ['node_tcp_connection_states', 'tcpstat'],
  ['node_interrupts_total', 'interrupts'],
  ['node_qdisc_', 'qdisc'],
  ['node_ethtool_', 'ethtool'],
  ['node_mountstats_', 'mountstats'],
  ['node_perf_', 'perf'],
  ['node_wifi_', 'wifi'],
  ['node_supervisord_', 'supervisord'],
  ['node_buddyinfo_', 'buddyinfo'],
  ['node_ksmd_', 'ksmd'],
  ['node_logind_', 'logind'],
  ['node_slabinfo_', 'slabinfo'],
  ['node_cgroups_', 'cgroups'],
  ['node_drbd_', 'drbd'],
];
