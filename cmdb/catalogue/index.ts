import type { Catalogue } from 'opsctl';
import { activemq } from './classes/activemq.ts';
import { alertmanager } from './classes/alertmanager.ts';
import { backup } from './classes/backup.ts';
import { bes } from './classes/bes.ts';
import { bgpRouter } from './classes/bgp-router.ts';
import { ceph } from './classes/ceph.ts';
import { clickhouse } from './classes/clickhouse.ts';
import { collector } from './classes/collector.ts';
import { configBackup } from './classes/config-backup.ts';
import { coredns } from './classes/coredns.ts';
import { dameng } from './classes/dameng.ts';
import { doorAccess } from './classes/door-access.ts';
import { elasticsearch } from './classes/elasticsearch.ts';
import { emqx } from './classes/emqx.ts';
import { httpEndpoint, tcpService } from './classes/endpoints.ts';
import { etcd } from './classes/etcd.ts';
import { flink } from './classes/flink.ts';
import { fluentBit } from './classes/fluent-bit.ts';
import { haproxy } from './classes/haproxy.ts';
import { hbase } from './classes/hbase.ts';
import { hdfs } from './classes/hdfs.ts';
import { host } from './classes/host.ts';
import { jaeger } from './classes/jaeger.ts';
import { jvm } from './classes/jvm.ts';
import { kafka } from './classes/kafka.ts';
import { keepalived } from './classes/keepalived.ts';
import { kingbase } from './classes/kingbase.ts';
import { kubernetesCluster } from './classes/kubernetes-cluster.ts';
import { kubernetesNode } from './classes/kubernetes-node.ts';
import { kubernetesWorkload } from './classes/kubernetes-workload.ts';
import { kvmHost } from './classes/kvm-host.ts';
import { loki } from './classes/loki.ts';
import { memcached } from './classes/memcached.ts';
import { minio } from './classes/minio.ts';
import { mongodb } from './classes/mongodb.ts';
import { mosquitto } from './classes/mosquitto.ts';
import { mtail } from './classes/mtail.ts';
import { mysql } from './classes/mysql.ts';
import { nacos } from './classes/nacos.ts';
import { networkDevice } from './classes/network-device.ts';
import { nginx } from './classes/nginx.ts';
import { oceanbase } from './classes/oceanbase.ts';
import { opengauss } from './classes/opengauss.ts';
import { openstack } from './classes/openstack.ts';
import { oracle } from './classes/oracle.ts';
import { otelCollector } from './classes/otel-collector.ts';
import { pdu } from './classes/pdu.ts';
import { postgresql } from './classes/postgresql.ts';
import { browserJourney, dnsName, grpcService, networkPath } from './classes/probes.ts';
import { prometheus } from './classes/prometheus.ts';
import { pushgateway } from './classes/pushgateway.ts';
import { pve } from './classes/pve.ts';
import { rabbitmq } from './classes/rabbitmq.ts';
import { redis } from './classes/redis.ts';
import { rocketmq } from './classes/rocketmq.ts';
import { roomSensor } from './classes/room-sensor.ts';
import { serverBmc } from './classes/server-bmc.ts';
import { serverDisks } from './classes/server-disks.ts';
import { spark } from './classes/spark.ts';
import { sqlServer } from './classes/sql-server.ts';
import { storageArray } from './classes/storage-array.ts';
import { tdengine } from './classes/tdengine.ts';
import { tempo } from './classes/tempo.ts';
import { tidb } from './classes/tidb.ts';
import { tomcat } from './classes/tomcat.ts';
import { tracedService } from './classes/traced-service.ts';
import { ups } from './classes/ups.ts';
import { vcenter } from './classes/vcenter.ts';
import { vector } from './classes/vector.ts';
import { camera, videoRecorder } from './classes/video.ts';
import { weblogic } from './classes/weblogic.ts';
import { windowsHost } from './classes/windows-host.ts';
import { yarn } from './classes/yarn.ts';
import { zookeeper } from './classes/zookeeper.ts';

/** Classes that any organisation uses. */
export const standardClasses: Catalogue['classes'] = [
  host,
  httpEndpoint,
  tcpService,
  networkDevice,
  ups,
  roomSensor,
  serverBmc,
  postgresql,
  mysql,
  redis,
  nginx,
  haproxy,
  rabbitmq,
  zookeeper,
  etcd,
  prometheus,
  alertmanager,
  dameng,
  elasticsearch,
  kafka,
  windowsHost,
  collector,
  mtail,
  otelCollector,
  pushgateway,
  tempo,
  tracedService,
  vector,
  oracle,
  kubernetesCluster,
  kubernetesNode,
  coredns,
  sqlServer,
  mongodb,
  kingbase,
  opengauss,
  kvmHost,
  vcenter,
  tidb,
  oceanbase,
  clickhouse,
  minio,
  tdengine,
  storageArray,
  ceph,
  backup,
  jvm,
  tomcat,
  hdfs,
  yarn,
  hbase,
  flink,
  spark,
  rocketmq,
  activemq,
  emqx,
  nacos,
  memcached,
  loki,
  fluentBit,
  pdu,
  doorAccess,
  camera,
  videoRecorder,
  networkPath,
  dnsName,
  grpcService,
  browserJourney,
  configBackup,
  bes,
  bgpRouter,
  jaeger,
  keepalived,
  kubernetesWorkload,
  mosquitto,
  openstack,
  pve,
  serverDisks,
  weblogic,
];

export {
  activemq,
  alertmanager,
  backup,
  bes,
  bgpRouter,
  browserJourney,
  camera,
  ceph,
  clickhouse,
  collector,
  configBackup,
  coredns,
  dameng,
  dnsName,
  doorAccess,
  elasticsearch,
  emqx,
  etcd,
  flink,
  fluentBit,
  grpcService,
  haproxy,
  hbase,
  hdfs,
  host,
  httpEndpoint,
  jaeger,
  jvm,
  kafka,
  keepalived,
  kingbase,
  kubernetesCluster,
  kubernetesNode,
  kubernetesWorkload,
  kvmHost,
  loki,
  memcached,
  minio,
  mongodb,
  mosquitto,
  mtail,
  mysql,
  nacos,
  networkDevice,
  networkPath,
  nginx,
  oceanbase,
  opengauss,
  openstack,
  oracle,
  otelCollector,
  pdu,
  postgresql,
  prometheus,
  pushgateway,
  pve,
  rabbitmq,
  redis,
  rocketmq,
  roomSensor,
  serverBmc,
  serverDisks,
  spark,
  sqlServer,
  storageArray,
  tcpService,
  tdengine,
  tempo,
  tidb,
  tomcat,
  tracedService,
  ups,
  vcenter,
  vector,
  videoRecorder,
  weblogic,
  windowsHost,
  yarn,
  zookeeper,
};
