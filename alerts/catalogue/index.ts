import type { Catalogue } from 'opsctl';
import { alertmanagerAlerts } from './packs/alertmanager.ts';
import { damengAlerts } from './packs/dameng.ts';
import { elasticsearchAlerts } from './packs/elasticsearch.ts';
import { httpEndpointAlerts, tcpServiceAlerts } from './packs/endpoints.ts';
import { etcdAlerts } from './packs/etcd.ts';
import { haproxyAlerts } from './packs/haproxy.ts';
import { hostAlerts } from './packs/host.ts';
import { kafkaAlerts } from './packs/kafka.ts';
import { roomSensorAlerts, upsAlerts } from './packs/machine-room.ts';
import { mysqlAlerts } from './packs/mysql.ts';
import { networkDeviceAlerts } from './packs/network-device.ts';
import { nginxAlerts } from './packs/nginx.ts';
import { postgresqlAlerts } from './packs/postgresql.ts';
import { prometheusAlerts } from './packs/prometheus.ts';
import { rabbitmqAlerts } from './packs/rabbitmq.ts';
import { redisAlerts } from './packs/redis.ts';
import { serverBmcAlerts } from './packs/server-bmc.ts';
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
];

export {
  alertmanagerAlerts,
  damengAlerts,
  elasticsearchAlerts,
  etcdAlerts,
  haproxyAlerts,
  hostAlerts,
  httpEndpointAlerts,
  kafkaAlerts,
  mysqlAlerts,
  networkDeviceAlerts,
  nginxAlerts,
  postgresqlAlerts,
  prometheusAlerts,
  rabbitmqAlerts,
  redisAlerts,
  roomSensorAlerts,
  serverBmcAlerts,
  tcpServiceAlerts,
  upsAlerts,
  windowsHostAlerts,
  zookeeperAlerts,
};
