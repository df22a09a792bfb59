import type { TargetName } from '../model/index.ts';

/** The line of a bindings file that a target may have; null for one that has no usual place. */
export function exampleBinding(target: string): string | null {
  const settings = Object.hasOwn(usual, target) ? usual[target as TargetName] : null;
  return settings === null ? null : `${target}: { ${settings} }`;
}

const usual: Readonly<Record<TargetName, string>> = {
  prometheus: "provider: prometheus, directory: /etc/prometheus, url: 'http://localhost:9090'",
  alertmanager: "provider: alertmanager, directory: /etc/alertmanager, url: 'http://localhost:9093'",
  blackbox: "provider: blackbox, directory: /etc/blackbox, url: 'http://localhost:9115'",
  grafana: 'provider: grafana, directory: /var/lib/grafana/opsctl',
  cmdb: 'provider: files, directory: /srv/cmdb',
  snmp: "provider: snmp, directory: /etc/snmp_exporter, url: 'http://localhost:9116'",
  modbus: "provider: modbus, directory: /etc/modbus_exporter, url: 'http://localhost:9602'",
  ipmi: "provider: ipmi, directory: /etc/ipmi_exporter, url: 'http://localhost:9290'",
  json: "provider: json, directory: /etc/json_exporter, url: 'http://localhost:7979'",
  mtail: 'provider: mtail, directory: /etc/mtail',
  vector: 'provider: vector, directory: /etc/vector',
  otelcol: 'provider: otelcol, directory: /etc/otelcol',
  scripts: 'provider: files, directory: /srv/scripts',
  kubernetes: 'provider: kubernetes, kubeconfig: /etc/opsctl/kubeconfig, context: plant-1',
};
