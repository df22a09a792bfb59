import type { Catalogue } from 'opsctl';
import { alertmanagerAlerts } from './packs/alertmanager.ts';
import { backupAlerts } from './packs/backup.ts';
import { clickhouseAlerts } from './packs/clickhouse.ts';
import {
  collectorAlerts,
  mtailAlerts,
  otelCollectorAlerts,
  pushgatewayAlerts,
  vectorAlerts,
} from './packs/collection.ts';
import { configBackupAlerts } from './packs/config-backup.ts';
import { damengAlerts } from './packs/dameng.ts';
import { elasticsearchAlerts } from './packs/elasticsearch.ts';
import { httpEndpointAlerts, tcpServiceAlerts } from './packs/endpoints.ts';
import { etcdAlerts } from './packs/etcd.ts';
import { hbaseAlerts, hdfsAlerts, yarnAlerts } from './packs/hadoop.ts';
import { haproxyAlerts } from './packs/haproxy.ts';
import { hostAlerts } from './packs/host.ts';
import { jvmAlerts, tomcatAlerts } from './packs/java.ts';
import { kafkaAlerts } from './packs/kafka.ts';
import { kingbaseAlerts } from './packs/kingbase.ts';
import { corednsAlerts, kubernetesClusterAlerts, kubernetesNodeAlerts } from './packs/kubernetes.ts';
import { fluentBitAlerts, lokiAlerts } from './packs/logs.ts';
import { roomSensorAlerts, upsAlerts } from './packs/machine-room.ts';
import { memcachedAlerts } from './packs/memcached.ts';
import { activemqAlerts, emqxAlerts, rocketmqAlerts } from './packs/message-brokers.ts';
import { minioAlerts } from './packs/minio.ts';
import { mongodbAlerts } from './packs/mongodb.ts';
import { mysqlAlerts } from './packs/mysql.ts';
import { nacosAlerts } from './packs/nacos.ts';
import { networkDeviceAlerts } from './packs/network-device.ts';
import { nginxAlerts } from './packs/nginx.ts';
import { oceanbaseAlerts } from './packs/oceanbase.ts';
import { opengaussAlerts } from './packs/opengauss.ts';
import { oracleAlerts } from './packs/oracle.ts';
import { postgresqlAlerts } from './packs/postgresql.ts';
import { browserJourneyAlerts, dnsNameAlerts, grpcServiceAlerts, networkPathAlerts } from './packs/probes.ts';
import { prometheusAlerts } from './packs/prometheus.ts';
import { rabbitmqAlerts } from './packs/rabbitmq.ts';
import { cameraAlerts, doorAccessAlerts, pduAlerts, videoRecorderAlerts } from './packs/rack-and-security.ts';
import { redisAlerts } from './packs/redis.ts';
import { serverBmcAlerts } from './packs/server-bmc.ts';
import { sqlServerAlerts } from './packs/sql-server.ts';
import { cephAlerts, storageArrayAlerts } from './packs/storage.ts';
import { flinkAlerts, sparkAlerts } from './packs/stream-processing.ts';
import { tdengineAlerts } from './packs/tdengine.ts';
import { tidbAlerts } from './packs/tidb.ts';
import { tempoAlerts, tracedServiceAlerts } from './packs/tracing.ts';
import { kvmHostAlerts, vcenterAlerts } from './packs/virtualisation.ts';
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
];

/** Pipelines that any organisation uses, as functions of where its files are. */
export { containerLogs, javaErrors, type LogPlace, networkSyslog, nginxAccess, sshLogins } from './pipelines/index.ts';
export {
  activemqAlerts,
  alertmanagerAlerts,
  backupAlerts,
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
  jvmAlerts,
  kafkaAlerts,
  kingbaseAlerts,
  kubernetesClusterAlerts,
  kubernetesNodeAlerts,
  kvmHostAlerts,
  lokiAlerts,
  memcachedAlerts,
  minioAlerts,
  mongodbAlerts,
  mtailAlerts,
  mysqlAlerts,
  nacosAlerts,
  networkDeviceAlerts,
  networkPathAlerts,
  nginxAlerts,
  oceanbaseAlerts,
  opengaussAlerts,
  oracleAlerts,
  otelCollectorAlerts,
  pduAlerts,
  postgresqlAlerts,
  prometheusAlerts,
  pushgatewayAlerts,
  rabbitmqAlerts,
  redisAlerts,
  rocketmqAlerts,
  roomSensorAlerts,
  serverBmcAlerts,
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
  windowsHostAlerts,
  yarnAlerts,
  zookeeperAlerts,
};
