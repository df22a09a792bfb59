import type { Catalogue } from 'opsctl';
import { alertmanagerAlerts } from './packs/alertmanager.ts';
import { backupAlerts } from './packs/backup.ts';
import { besAlerts } from './packs/bes.ts';
import { bgpRouterAlerts } from './packs/bgp-router.ts';
import { cephAlerts } from './packs/ceph.ts';
import { clickhouseAlerts } from './packs/clickhouse.ts';
import {
  collectorAlerts,
  mtailAlerts,
  otelCollectorAlerts,
  pushgatewayAlerts,
  vectorAlerts,
} from './packs/collection.ts';
import { configBackupAlerts } from './packs/config-backup.ts';
import { corednsAlerts } from './packs/coredns.ts';
import { damengAlerts } from './packs/dameng.ts';
import { elasticsearchAlerts } from './packs/elasticsearch.ts';
import { httpEndpointAlerts, tcpServiceAlerts } from './packs/endpoints.ts';
import { etcdAlerts } from './packs/etcd.ts';
import { hbaseAlerts, hdfsAlerts, yarnAlerts } from './packs/hadoop.ts';
import { haproxyAlerts } from './packs/haproxy.ts';
import { hostAlerts } from './packs/host.ts';
import { jaegerAlerts } from './packs/jaeger.ts';
import { jvmAlerts, tomcatAlerts } from './packs/java.ts';
import { kafkaAlerts } from './packs/kafka.ts';
import { keepalivedAlerts } from './packs/keepalived.ts';
import { kingbaseAlerts } from './packs/kingbase.ts';
import { kubernetesClusterAlerts } from './packs/kubernetes-cluster.ts';
import { kubernetesNodeAlerts } from './packs/kubernetes-node.ts';
import { kubernetesWorkloadAlerts } from './packs/kubernetes-workload.ts';
import { kvmHostAlerts } from './packs/kvm-host.ts';
import { fluentBitAlerts, lokiAlerts } from './packs/logs.ts';
import { roomSensorAlerts, upsAlerts } from './packs/machine-room.ts';
import { memcachedAlerts } from './packs/memcached.ts';
import { activemqAlerts, emqxAlerts, rocketmqAlerts } from './packs/message-brokers.ts';
import { minioAlerts } from './packs/minio.ts';
import { mongodbAlerts } from './packs/mongodb.ts';
import { mosquittoAlerts } from './packs/mosquitto.ts';
import { mysqlAlerts } from './packs/mysql.ts';
import { nacosAlerts } from './packs/nacos.ts';
import { networkDeviceAlerts } from './packs/network-device.ts';
import { nginxAlerts } from './packs/nginx.ts';
import { oceanbaseAlerts } from './packs/oceanbase.ts';
import { opengaussAlerts } from './packs/opengauss.ts';
import { openstackAlerts } from './packs/openstack.ts';
import { oracleAlerts } from './packs/oracle.ts';
import { postgresqlAlerts } from './packs/postgresql.ts';
import { browserJourneyAlerts, dnsNameAlerts, grpcServiceAlerts, networkPathAlerts } from './packs/probes.ts';
import { prometheusAlerts } from './packs/prometheus.ts';
import { pveAlerts } from './packs/pve.ts';
import { rabbitmqAlerts } from './packs/rabbitmq.ts';
import { cameraAlerts, doorAccessAlerts, pduAlerts, videoRecorderAlerts } from './packs/rack-and-security.ts';
import { redisAlerts } from './packs/redis.ts';
import { serverBmcAlerts } from './packs/server-bmc.ts';
import { serverDisksAlerts } from './packs/server-disks.ts';
import { sqlServerAlerts } from './packs/sql-server.ts';
import { storageArrayAlerts } from './packs/storage-array.ts';
import { flinkAlerts, sparkAlerts } from './packs/stream-processing.ts';
import { tdengineAlerts } from './packs/tdengine.ts';
import { tidbAlerts } from './packs/tidb.ts';
import { tempoAlerts, tracedServiceAlerts } from './packs/tracing.ts';
import { vcenterAlerts } from './packs/vcenter.ts';
import { weblogicAlerts } from './packs/weblogic.ts';
import { windowsHostAlerts } from './packs/windows-host.ts';
import { zookeeperAlerts } from './packs/zookeeper.ts';

/** Alerts of the standard classes. */
export const standardAlerts: Catalogue['alerts'] = [
  hostAlerts,
  httpEndpointAlerts,
  tcpServiceAlerts,
  networkDeviceAlerts,
  upsAlerts,
  roomSensorAlerts,
  serverBmcAlerts,
  postgresqlAlerts,
  mysqlAlerts,
  redisAlerts,
  nginxAlerts,
  haproxyAlerts,
  rabbitmqAlerts,
  zookeeperAlerts,
  etcdAlerts,
  prometheusAlerts,
  alertmanagerAlerts,
  damengAlerts,
  elasticsearchAlerts,
  kafkaAlerts,
  windowsHostAlerts,
  collectorAlerts,
  mtailAlerts,
  otelCollectorAlerts,
  pushgatewayAlerts,
  vectorAlerts,
  tempoAlerts,
  tracedServiceAlerts,
  oracleAlerts,
  kubernetesClusterAlerts,
  kubernetesNodeAlerts,
  corednsAlerts,
  sqlServerAlerts,
  mongodbAlerts,
  kingbaseAlerts,
  opengaussAlerts,
  kvmHostAlerts,
  vcenterAlerts,
  tidbAlerts,
  oceanbaseAlerts,
  clickhouseAlerts,
  minioAlerts,
  tdengineAlerts,
  storageArrayAlerts,
  cephAlerts,
  backupAlerts,
  jvmAlerts,
  tomcatAlerts,
  hdfsAlerts,
  yarnAlerts,
  hbaseAlerts,
  flinkAlerts,
  sparkAlerts,
  rocketmqAlerts,
  activemqAlerts,
  emqxAlerts,
  nacosAlerts,
  memcachedAlerts,
  lokiAlerts,
  fluentBitAlerts,
  pduAlerts,
  doorAccessAlerts,
  cameraAlerts,
  videoRecorderAlerts,
  networkPathAlerts,
  dnsNameAlerts,
  grpcServiceAlerts,
  browserJourneyAlerts,
  configBackupAlerts,
  besAlerts,
  bgpRouterAlerts,
  jaegerAlerts,
  keepalivedAlerts,
  kubernetesWorkloadAlerts,
  mosquittoAlerts,
  openstackAlerts,
  pveAlerts,
  serverDisksAlerts,
  weblogicAlerts,
];

/** Pipelines that any organisation uses, as functions of where its files are. */
export { containerLogs, javaErrors, type LogPlace, networkSyslog, nginxAccess, sshLogins } from './pipelines/index.ts';
export {
  activemqAlerts,
  alertmanagerAlerts,
  backupAlerts,
  besAlerts,
  bgpRouterAlerts,
  browserJourneyAlerts,
  cameraAlerts,
  cephAlerts,
  clickhouseAlerts,
  collectorAlerts,
  configBackupAlerts,
  corednsAlerts,
  damengAlerts,
  dnsNameAlerts,
  doorAccessAlerts,
  elasticsearchAlerts,
  emqxAlerts,
  etcdAlerts,
  flinkAlerts,
  fluentBitAlerts,
  grpcServiceAlerts,
  haproxyAlerts,
  hbaseAlerts,
  hdfsAlerts,
  hostAlerts,
  httpEndpointAlerts,
  jaegerAlerts,
  jvmAlerts,
  kafkaAlerts,
  keepalivedAlerts,
  kingbaseAlerts,
  kubernetesClusterAlerts,
  kubernetesNodeAlerts,
  kubernetesWorkloadAlerts,
  kvmHostAlerts,
  lokiAlerts,
  memcachedAlerts,
  minioAlerts,
  mongodbAlerts,
  mosquittoAlerts,
  mtailAlerts,
  mysqlAlerts,
  nacosAlerts,
  networkDeviceAlerts,
  networkPathAlerts,
  nginxAlerts,
  oceanbaseAlerts,
  opengaussAlerts,
  openstackAlerts,
  oracleAlerts,
  otelCollectorAlerts,
  pduAlerts,
  postgresqlAlerts,
  prometheusAlerts,
  pushgatewayAlerts,
  pveAlerts,
  rabbitmqAlerts,
  redisAlerts,
  rocketmqAlerts,
  roomSensorAlerts,
  serverBmcAlerts,
  serverDisksAlerts,
  sparkAlerts,
  sqlServerAlerts,
  storageArrayAlerts,
  tcpServiceAlerts,
  tdengineAlerts,
  tempoAlerts,
  tidbAlerts,
  tomcatAlerts,
  tracedServiceAlerts,
  upsAlerts,
  vcenterAlerts,
  vectorAlerts,
  videoRecorderAlerts,
  weblogicAlerts,
  windowsHostAlerts,
  yarnAlerts,
  zookeeperAlerts,
};
