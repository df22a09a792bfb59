import type { Catalogue } from 'opsctl';
import { alertmanager } from './classes/alertmanager.ts';
import { dameng } from './classes/dameng.ts';
import { elasticsearch } from './classes/elasticsearch.ts';
import { httpEndpoint, tcpService } from './classes/endpoints.ts';
import { etcd } from './classes/etcd.ts';
import { haproxy } from './classes/haproxy.ts';
import { host } from './classes/host.ts';
import { kafka } from './classes/kafka.ts';
import { mysql } from './classes/mysql.ts';
import { networkDevice } from './classes/network-device.ts';
import { nginx } from './classes/nginx.ts';
import { postgresql } from './classes/postgresql.ts';
import { prometheus } from './classes/prometheus.ts';
import { rabbitmq } from './classes/rabbitmq.ts';
import { redis } from './classes/redis.ts';
import { roomSensor } from './classes/room-sensor.ts';
import { serverBmc } from './classes/server-bmc.ts';
import { ups } from './classes/ups.ts';
import { windowsHost } from './classes/windows-host.ts';
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
];

export {
  alertmanager,
  dameng,
  elasticsearch,
  etcd,
  haproxy,
  host,
  httpEndpoint,
  kafka,
  mysql,
  networkDevice,
  nginx,
  postgresql,
  prometheus,
  rabbitmq,
  redis,
  roomSensor,
  serverBmc,
  tcpService,
  ups,
  windowsHost,
  zookeeper,
};
